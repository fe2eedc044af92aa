import { decodeText } from './call.ts'

export type RoutePattern = { readonly method: string; readonly path: string }

export type RouteMatch<R> = {
  readonly route: R
  /** Decoded; undefined when the route has no variables. */
  readonly parameters: Record<string, string> | undefined
}

type Compiled<R> = {
  readonly segments: readonly Segment[]
  readonly greedy: boolean
  /** By method in upper case, or `ANY`. */
  readonly methods: Map<string, R>
}

type Segment = { readonly kind: 0 | 1 | 2; readonly text: string }
const LITERAL = 0
const VARIABLE = 1
const GREEDY = 2

/**
 * Finds the route of a request by API Gateway's order: literal segments before `{variables}` before
 * `{greedy+}`; on one path the method before `ANY`.
 *
 * - `resources` (REST APIs): the most specific path decides, whether or not it has the method; a slash at the
 *   end does not matter. API Gateway, "Set up a proxy integration with a proxy resource".
 * - `routes` (HTTP APIs): a full match of path and method, then a greedy one, then `$default`. A slash at the end
 *   leads to `/orders/{proxy+}` with an empty rest; `/` alone does not lead to `/{proxy+}`. API Gateway, "Create
 *   routes for HTTP APIs", "Routing API requests".
 */
export function createRouter<R extends RoutePattern>(
  routes: readonly R[],
  mode: 'resources' | 'routes',
): (method: string, path: string) => RouteMatch<R> | undefined {
  const trimmed = mode === 'resources'
  const byPath = new Map<string, Compiled<R>>()
  let fallback: R | undefined
  for (const route of routes) {
    if (route.path === '$default') {
      fallback = route
      continue
    }
    const compiled = byPath.get(route.path) ?? compile<R>(route.path, trimmed)
    byPath.set(route.path, compiled)
    compiled.methods.set(route.method.toUpperCase(), route)
  }
  const ordered = [...byPath.values()].sort(bySpecificity)

  return (method, path) => {
    const segments = split(path, trimmed)
    for (const compiled of ordered) {
      if (!fits(compiled, segments, mode)) continue
      const route = compiled.methods.get(method) ?? compiled.methods.get('ANY')
      if (route !== undefined) return { route, parameters: parametersOf(compiled, segments) }
      if (mode === 'resources') return undefined
    }
    return fallback === undefined ? undefined : { route: fallback, parameters: undefined }
  }
}

function split(path: string, trimmed: boolean): string[] {
  const segments = path.split('/')
  segments.shift()
  if (trimmed && segments.length > 1 && segments.at(-1) === '') segments.pop()
  return path.includes('%') ? segments.map(decodeText) : segments
}

function compile<R>(path: string, trimmed: boolean): Compiled<R> {
  const segments = split(path, trimmed).map((text): Segment => {
    if (!text.startsWith('{') || !text.endsWith('}')) return { kind: LITERAL, text }
    return text.endsWith('+}')
      ? { kind: GREEDY, text: text.slice(1, -2) }
      : { kind: VARIABLE, text: text.slice(1, -1) }
  })
  return { segments, greedy: segments.some(({ kind }) => kind === GREEDY), methods: new Map() }
}

/** Greedy patterns last; else by the first segment that differs in kind; else the longer first. */
function bySpecificity<R>(a: Compiled<R>, b: Compiled<R>): number {
  if (a.greedy !== b.greedy) return a.greedy ? 1 : -1
  const shared = Math.min(a.segments.length, b.segments.length)
  for (let index = 0; index < shared; index += 1) {
    const difference = (a.segments[index]?.kind ?? 0) - (b.segments[index]?.kind ?? 0)
    if (difference !== 0) return difference
  }
  return b.segments.length - a.segments.length
}

function fits<R>(
  { segments, greedy }: Compiled<R>,
  given: readonly string[],
  mode: 'resources' | 'routes',
): boolean {
  if (greedy ? given.length < segments.length : given.length !== segments.length) return false
  for (let index = 0; index < segments.length; index += 1) {
    const segment = segments[index]
    const text = given[index]
    if (segment === undefined || text === undefined) return false
    if (segment.kind === LITERAL) {
      if (segment.text !== text) return false
    } else if (text === '') {
      const emptyRest = mode === 'routes' && segment.kind === GREEDY && index > 0
      if (!emptyRest) return false
    }
  }
  return true
}

function parametersOf<R>(
  { segments }: Compiled<R>,
  given: readonly string[],
): Record<string, string> | undefined {
  let parameters: [string, string][] | undefined
  for (const [index, segment] of segments.entries()) {
    if (segment.kind === LITERAL) continue
    const text = segment.kind === GREEDY ? given.slice(index).join('/') : (given[index] ?? '')
    ;(parameters ??= []).push([segment.text, text])
  }
  return parameters === undefined ? undefined : Object.fromEntries(parameters)
}
