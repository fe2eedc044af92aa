import type { DataRow, Scenario, User } from '../scenario/scenario.ts'
import { readCollection, type Collection, type PostmanRequest } from './collection.ts'
import { fillIn } from './variables.ts'

/** A collection as a scenario: one step that sends all requests in their order. */
export const postmanScenario = (file: string, variables: DataRow): Scenario =>
  scenarioOf(readCollection(file), variables)

/**
 * @param variables they go before the collection's own; a data row goes before both
 */
export function scenarioOf(collection: Collection, variables: DataRow): Scenario {
  const given = new Map([...Object.entries(collection.variables), ...Object.entries(variables)])
  const scripted = collection.requests.filter((request) => request.hasScripts).length
  return {
    name: collection.name,
    description: `Postman collection, ${collection.requests.length} requests in order${
      scripted === 0 ? '' : `; the scripts of ${scripted} of them are not run`
    }`,
    steps: [
      {
        name: collection.name,
        weight: 1,
        async run(user) {
          for (const request of collection.requests) await send(user, request, given)
        },
      },
    ],
  }
}

async function send(
  user: User,
  request: PostmanRequest,
  given: ReadonlyMap<string, string>,
): Promise<void> {
  const valueOf = (name: string): string | undefined =>
    Object.hasOwn(user.row, name) ? user.row[name] : (given.get(name) ?? wellKnown(user, name))
  const fill = (text: string): string => fillIn(text, valueOf, user.random, user.now())
  const { auth, body } = request
  const headers = Object.fromEntries(
    request.headers.map(([name, value]) => [fill(name), fill(value)]),
  )
  if (auth?.kind === 'basic') {
    headers['authorization'] = `Basic ${Buffer.from(fill(auth.value)).toString('base64')}`
  }
  await user.send(request.name, request.method, withProtocol(fill(request.url)), {
    headers,
    ...(auth?.kind === 'bearer' ? { token: fill(auth.value) } : {}),
    ...(body === undefined ? {} : { body: fill(body) }),
  })
}

/** What a collection may name without giving it a value: the target and its tokens. */
function wellKnown(user: User, name: string): string | undefined {
  if (name === 'baseUrl' || name === 'base_url') return user.url('').replace(/\/$/, '')
  if (name === 'token' || name === 'access_token') return user.token('access')
  return name === 'id_token' ? user.token('id') : undefined
}

/** Postman takes addresses without a protocol as http, and encodes what an address may not hold. */
function withProtocol(url: string): string {
  const whole = /^https?:\/\//i.test(url) ? url : `http://${url}`
  return /[^!#-;=?-[\]_a-z~]/.test(whole) ? new URL(whole).href : whole
}
