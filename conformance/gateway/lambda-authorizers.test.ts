import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startProtectedApis } from './protected-apis.ts'
import type { ProtectedApis } from './protected-apis.ts'

let apis: ProtectedApis
beforeAll(async () => {
  apis = await startProtectedApis()
})
afterAll(() => apis.stop())

const MINUTE_MS = 60_000

type Shown = { authorizer: Record<string, unknown> }

describe('a TOKEN authorizer of a REST API', () => {
  const call = (authorization: string) => apis.get('/rest/custom', { authorization })

  it('tells the function what the authorizer has said, as texts', async () => {
    const { status, json } = await call('ana')

    expect(status).toBe(200)
    expect((json as Shown).authorizer).toEqual({
      key: 'ana',
      asked: expect.stringMatching(/^\d+$/) as string,
      ok: 'true',
      principalId: 'user-ana',
      integrationLatency: expect.any(Number) as number,
    })
  })

  it.each([
    ['deny', 403, 'User is not authorized to access this resource with an explicit deny'],
    ['only POST/custom', 403, 'User is not authorized to access this resource'],
    ['throw Unauthorized', 401, 'Unauthorized'],
    ['throw something', 500, 'Internal server error'],
    ['nonsense', 500, 'Internal server error'],
    ['not valid!', 401, 'Unauthorized'],
  ])('answers %s with %s', async (key, expected, message) => {
    const { status, json } = await call(key)

    expect([status, json]).toEqual([expected, { message }])
  })

  it('takes a policy for this method, and answers 401 without a token', async () => {
    expect((await call('only GET/custom')).status).toBe(200)
    expect((await apis.get('/rest/custom')).status).toBe(401)
  })

  it('keeps an answer for five minutes', async () => {
    const askedOf = async (): Promise<unknown> =>
      ((await call('kept')).json as Shown).authorizer['asked']

    const first = await askedOf()
    const second = await askedOf()
    const later = await apis.at(6 * MINUTE_MS, askedOf)

    expect(second).toBe(first)
    expect(later).not.toBe(first)
  })
})

describe('a REQUEST authorizer of a REST API', () => {
  it('wants each of its identity sources', async () => {
    const headers = { 'x-key': 'ana' }

    const answers = await Promise.all([
      apis.get('/rest/request?q=1', headers),
      apis.get('/rest/request', headers),
      apis.get('/rest/request?q=1'),
    ])

    expect(answers.map(({ status }) => status)).toEqual([200, 401, 401])
    expect(answers[0].json).toMatchObject({ authorizer: { principalId: 'user-ana', key: 'ana' } })
  })
})

describe('authorizers of an HTTP API', () => {
  it('answer simply in format 2.0, with a context as it is', async () => {
    const passed = await apis.get('/http/simple', { 'x-key': 'ana' })
    const refused = await apis.get('/http/simple', { 'x-key': 'deny' })
    const nobody = await apis.get('/http/simple')

    expect(passed.json).toMatchObject({
      authorizer: { lambda: { key: 'ana', ok: true, list: [1, 2] } },
    })
    expect([refused.status, refused.text]).toEqual([403, '{"message":"Forbidden"}'])
    expect([nobody.status, nobody.text]).toEqual([401, '{"message":"Unauthorized"}'])
  })

  it.each([
    ['ana', 200],
    ['only GET/policy', 200],
    ['only POST/policy', 403],
    ['deny', 403],
    ['throw Unauthorized', 401],
    ['throw something', 500],
    ['nonsense', 500],
  ])('answer by policies in format 1.0: %s is %s', async (key, status) => {
    expect((await apis.get('/http/policy', { 'x-key': key })).status).toBe(status)
  })
})
