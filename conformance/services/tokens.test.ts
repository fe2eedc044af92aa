import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { send, startCloud } from '../harness.ts'
import type { Answer, Sending, TestCloud } from '../harness.ts'

const UUID_V4 = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/
const UNKNOWN = '00000000-0000-4000-8000-000000000000'

let cloud: TestCloud
beforeAll(async () => {
  cloud = await startCloud()
})
afterAll(() => cloud.close())

const call = (method: string, path: string, sending?: Sending): Promise<Answer> =>
  send(method, `${cloud.frontDoor}/tokens${path}`, sending)

async function tokenOf(entityId: unknown): Promise<string> {
  const { json } = await call('POST', '/create', { body: { entityId } })
  return (json as { token: string }).token
}

const pair = (token: string, entityId: unknown): Promise<Answer> =>
  call('PUT', `/update/${token}`, { body: { entityId } })

describe('POST /create', () => {
  it('answers a new token', async () => {
    const { status, json, headers } = await call('POST', '/create', {
      body: { entityId: 'chat-1' },
    })

    expect(status).toBe(200)
    expect(headers.get('content-type')).toContain('application/json')
    expect(json).toEqual({
      token: expect.stringMatching(UUID_V4) as unknown,
      entity1: 'chat-1',
      entity2: null,
      createdAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT.*Z$/) as unknown,
      expiresAt: null,
    })
  })

  it('sets the end of a token', async () => {
    const { json } = await call('POST', '/create', { body: { entityId: 5, ttlSeconds: 60 } })

    const { createdAt, expiresAt, entity1 } = json as Record<string, string>
    const lifetimeMs = Date.parse(expiresAt ?? '') - Date.parse(createdAt ?? '')
    expect(lifetimeMs).toBeGreaterThanOrEqual(60_000)
    expect(lifetimeMs).toBeLessThan(61_000)
    expect(entity1).toBe(5)
  })

  it('answers the bare token to who accepts plain text', async () => {
    const { text, headers } = await call('POST', '/create', {
      body: { entityId: 'a' },
      headers: { accept: 'text/plain' },
    })

    expect(text).toMatch(UUID_V4)
    expect(headers.get('content-type')).toContain('text/plain')
  })

  it('keeps every digit of a number', async () => {
    const { text } = await call('POST', '/create', { body: '{"entityId":12345678901234567890}' })

    expect(text).toContain('"entity1":12345678901234567890')
  })

  it.each([
    ['{"entityId":""}', 'entityId'],
    [`{"entityId":"${'x'.repeat(257)}"}`, 'entityId'],
    ['{"entityId":1.5}', 'entityId'],
    ['{"entityId":null}', 'entityId'],
    ['{"entityId":{}}', 'entityId'],
    ['{}', 'entityId'],
    ['{"entityId":1,"ttlSeconds":59}', 'ttlSeconds'],
    ['{"entityId":1,"ttlSeconds":31536001}', 'ttlSeconds'],
    ['{"entityId":1,"ttlSeconds":"60"}', 'ttlSeconds'],
    ['[]', ''],
  ])('refuses %s', async (body, path) => {
    const { status, json } = await call('POST', '/create', { body })

    expect(status).toBe(400)
    expect(json).toMatchObject({ error: expect.any(String) as unknown, issues: [{ path }] })
  })

  it.each(['', '{', '{"entityId":', 'entityId=1', '\u0000'])('answers 400 to %j', async (body) => {
    const { status, json } = await call('POST', '/create', { body })

    expect(status).toBe(400)
    expect(json).toHaveProperty('error')
  })

  it('answers 413 to a body of 300 KB', async () => {
    const body = { entityId: 'a', more: 'x'.repeat(300_000) }

    const { status, json } = await call('POST', '/create', { body })

    expect(status).toBe(413)
    expect(json).toHaveProperty('error')
  })
})

describe('GET /get/{token}', () => {
  it('answers what was created', async () => {
    const created = await call('POST', '/create', { body: { entityId: 'a' } })
    const { token } = created.json as { token: string }

    const { status, json } = await call('GET', `/get/${token}`)

    expect(status).toBe(200)
    expect(json).toEqual(created.json)
  })

  it.each([UNKNOWN, 'nonsense', UNKNOWN.toUpperCase(), '%00', 'constructor'])(
    'finds no token %s',
    async (token) => {
      const { status, json } = await call('GET', `/get/${token}`)

      expect([status, json]).toEqual([404, { error: 'Token not found' }])
    },
  )
})

describe('PUT /update/{token}', () => {
  it('pairs two entities, once', async () => {
    const token = await tokenOf('a')

    const first = await pair(token, 'b')
    const again = await pair(token, 'b')
    const other = await pair(token, 'c')
    const { json } = await call('GET', `/get/${token}`)

    expect(first.status).toBe(200)
    expect(first.json).toMatchObject({ token, entity1: 'a', entity2: 'b' })
    expect([again.status, again.json]).toEqual([200, first.json])
    expect([other.status, other.json]).toEqual([409, { error: 'Token is already paired' }])
    expect(json).toEqual(first.json)
  })

  it('does not pair an entity with itself', async () => {
    const token = await tokenOf(5)

    const { status, json } = await pair(token, 5)

    expect([status, json]).toEqual([400, { error: 'An entity cannot be paired with itself' }])
  })

  it('finds no unknown token', async () => {
    const { status, json } = await pair(UNKNOWN, 'b')

    expect([status, json]).toEqual([404, { error: 'Token not found' }])
  })

  it('lets one of 200 racing entities win', async () => {
    const token = await tokenOf('a')

    const answers = await Promise.all(
      Array.from({ length: 200 }, (_, entity) => pair(token, `entity-${entity}`)),
    )

    const won = answers.filter((answer) => answer.status === 200)
    const lost = answers.filter((answer) => answer.status === 409)
    expect([won.length, lost.length]).toEqual([1, 199])
    const { json } = await call('GET', `/get/${token}`)
    expect(json).toEqual(won[0]?.json)
  })
})

describe('DELETE /delete/{token}', () => {
  it('ends a pairing, once', async () => {
    const token = await tokenOf('a')

    const first = await call('DELETE', `/delete/${token}`)
    const second = await call('DELETE', `/delete/${token}`)
    const found = await call('GET', `/get/${token}`)

    expect([first.status, first.json]).toEqual([200, { token, deleted: true }])
    expect([second.status, second.json]).toEqual([404, { error: 'Token not found' }])
    expect(found.status).toBe(404)
  })
})

describe('the gateway', () => {
  it.each([
    ['GET', '/create'],
    ['POST', '/nowhere'],
    ['GET', ''],
    ['GET', '/get'],
    ['PATCH', `/get/${UNKNOWN}`],
  ])('answers 404 to %s %s', async (method, path) => {
    const { status, json } = await call(method, path)

    expect([status, json]).toEqual([404, { error: 'Not found' }])
  })

  it('lets web pages call', async () => {
    const preflight = await call('OPTIONS', '/create', {
      headers: { origin: 'https://example.com', 'access-control-request-method': 'POST' },
    })
    const answer = await call('GET', `/get/${UNKNOWN}`, {
      headers: { origin: 'https://example.com' },
    })

    expect(preflight.status).toBeLessThan(300)
    expect(preflight.headers.get('access-control-allow-origin')).toBe('*')
    expect(answer.headers.get('access-control-allow-origin')).toBe('*')
  })

  it('sends the request’s id in a header', async () => {
    const { headers, json } = await call('GET', `/get/${UNKNOWN}`)

    expect(headers.get('x-amzn-requestid')).toMatch(/.{8,}/)
    expect(Object.keys(json as object)).toEqual(['error'])
  })
})
