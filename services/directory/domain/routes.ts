import { HttpProblem, notFound } from '@cloudlet/kit'
import { TrieRouter } from 'hono/router/trie-router'

export type Route<Action> = {
  readonly method: string
  /** `:name` takes one segment. */
  readonly path: string
  readonly action: Action
}

type Found<Action> = {
  readonly action: Action
  readonly parameters: Readonly<Record<string, string>>
}

/**
 * A router over `routes`. It throws a 404 for an unknown path, and for a known path under another method a 405 that
 * names the methods it has.
 */
export function routerOf<Action>(
  routes: readonly Route<Action>[],
): (method: string, path: string) => Found<Action> {
  const router = new TrieRouter<Action>()
  for (const { method, path, action } of routes) router.add(method, path, action)
  const methods = [...new Set(routes.map((route) => route.method))]

  function match(method: string, path: string): Found<Action> | undefined {
    const [[found]] = router.match(method, path)
    if (found === undefined) return undefined
    return {
      action: found[0],
      parameters: Object.fromEntries(Object.entries(found[1])),
    }
  }

  return (method, path) => {
    const found = match(method, path)
    if (found !== undefined) return found
    const allowed = methods.filter((other) => match(other, path) !== undefined)
    if (allowed.length === 0) throw notFound('Not found')
    throw new HttpProblem(405, `This address takes ${allowed.join(', ')}`, {
      headers: { allow: allowed.join(', ') },
    })
  }
}
