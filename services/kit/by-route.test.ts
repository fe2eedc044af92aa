import { expect, it } from 'vitest'
import { ok } from './answer.ts'
import { byRoute } from './by-route.ts'
import { httpHandler } from './http-handler.ts'

const handler = byRoute({
  'GET /a': httpHandler({}, () => ok('a')),
  'GET /me': httpHandler({}, ({ claims }) => ok(claims)),
})

it('hands an event to the handler of its route', async () => {
  expect(await handler({ routeKey: 'GET /a' })).toMatchObject({ body: '"a"' })
})

it('shows the claims of a verified token', async () => {
  const authorizer = { jwt: { claims: { sub: 'u1' } } }

  const { body } = await handler({ routeKey: 'GET /me', requestContext: { authorizer } })

  expect(JSON.parse(body)).toEqual({ sub: 'u1' })
})

it.each(['GET /b', undefined, 'constructor'])('does not know the route %s', (routeKey) => {
  const event = routeKey === undefined ? {} : { routeKey }

  expect(() => handler(event)).toThrow('No handler for the route')
})
