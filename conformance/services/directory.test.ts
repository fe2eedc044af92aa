import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { send, startCloud } from '../harness.ts'
import type { Answer, Sending, TestCloud } from '../harness.ts'

const MISSING = 'Please provide both "userId" and "name"'

let cloud: TestCloud
beforeAll(async () => {
  cloud = await startCloud()
})
afterAll(() => cloud.close())

const call = (method: string, path: string, sending?: Sending): Promise<Answer> =>
  send(method, `${cloud.frontDoor}/directory${path}`, sending)

describe('POST /users', () => {
  it('writes a user, in the place of an older one', async () => {
    const first = await call('POST', '/users', { body: { userId: '1', name: 'Ana' } })
    const second = await call('POST', '/users', { body: { userId: '1', name: 'Ana María' } })
    const found = await call('GET', '/users/1')

    expect([first.status, first.json]).toEqual([200, { userId: '1', name: 'Ana' }])
    expect([second.status, second.json]).toEqual([200, { userId: '1', name: 'Ana María' }])
    expect([found.status, found.json]).toEqual([200, { userId: '1', name: 'Ana María' }])
  })

  it.each([{}, { userId: '1' }, { name: 'Ana' }, { userId: '', name: 'Ana' }])(
    'asks for both fields: %j',
    async (body) => {
      const { status, json } = await call('POST', '/users', { body })

      expect(status).toBe(400)
      expect(json).toMatchObject({ error: MISSING })
    },
  )

  it.each([
    { userId: 1, name: 'Ana' },
    { userId: 'x'.repeat(129), name: 'Ana' },
    { userId: '1', name: 'x'.repeat(257) },
    { userId: '1', name: ['Ana'] },
  ])('refuses %j', async (body) => {
    const { status, json } = await call('POST', '/users', { body })

    expect(status).toBe(400)
    expect(json).toHaveProperty('issues.0.path')
  })

  it('answers 400 to what is no JSON and 413 to what is too much', async () => {
    const malformed = await call('POST', '/users', { body: '{"userId"' })
    const large = await call('POST', '/users', { body: { userId: '1', name: 'x'.repeat(300_000) } })

    expect([malformed.status, large.status]).toEqual([400, 413])
    expect(large.json).toHaveProperty('error')
  })
})

describe('GET /users/{userId}', () => {
  it.each(['nobody', 'constructor', 'x'.repeat(200)])('finds no %s', async (userId) => {
    const { status, json } = await call('GET', `/users/${userId}`)

    expect([status, json]).toEqual([404, { error: 'Could not find user with provided "userId"' }])
  })

  it.each(['a b', 'ñandú', '100%', 'a+b', 'a?b#c', '🙂'])('finds the user %s', async (userId) => {
    await call('POST', '/users', { body: { userId, name: 'Ana' } })

    const { status, json } = await call('GET', `/users/${encodeURIComponent(userId)}`)

    expect([status, json]).toEqual([200, { userId, name: 'Ana' }])
  })
})

describe('other routes', () => {
  it.each([
    ['GET', '/users', 'POST'],
    ['DELETE', '/users', 'POST'],
    ['POST', '/users/1', 'GET'],
    ['PUT', '/users/1', 'GET'],
  ])('answers 405 to %s %s', async (method, path, allow) => {
    const { status, headers, json } = await call(method, path)

    expect([status, headers.get('allow')]).toEqual([405, allow])
    expect(json).toHaveProperty('error')
  })

  it.each(['', '/', '/nowhere', '/users/1/more'])('answers 404 to %s', async (path) => {
    expect((await call('GET', path)).status).toBe(404)
  })

  it('lets web pages call', async () => {
    const { headers } = await call('GET', '/users/1', {
      headers: { origin: 'https://example.com' },
    })

    expect(headers.get('access-control-allow-origin')).toBe('*')
  })
})
