import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { PASSWORD, refusal, startIdentityApi } from './identity-api.ts'
import type { IdentityApi } from './identity-api.ts'

let api: IdentityApi
let admin: string
beforeAll(async () => {
  api = await startIdentityApi()
  admin = await api.cloud.token()
  await api.confirmed('me')
})
afterAll(() => api.close())

describe('what admins may', () => {
  it('is to sign many people up, each with an answer of their own', async () => {
    await api.signUp('batch-old')
    const one = (username: string, password = PASSWORD) => ({
      username,
      password,
      email: `${username}@example.com`,
    })

    const { status, json } = await api.post(
      'signup-batch',
      {
        users: [
          ...Array.from({ length: 20 }, (_, n) => one(`batch-${n}`)),
          one('batch-old'),
          one('batch-weak', 'abc'),
        ],
      },
      admin,
    )

    expect(status).toBe(200)
    const { results } = json as { results: { username: string; status: number }[] }
    expect(results.slice(0, 20)).toEqual(
      Array.from({ length: 20 }, (_, n) => ({ username: `batch-${n}`, status: 200 })),
    )
    expect(results.slice(20)).toEqual([
      { username: 'batch-old', status: 409, error: 'User already exists' },
      {
        username: 'batch-weak',
        status: 400,
        error: expect.stringMatching(/^Password did not conform/) as string,
      },
    ])
  })

  it('is to sign up from 1 to 100 at a time', async () => {
    const user = { username: 'x', password: PASSWORD, email: 'x@example.com' }
    const bodies = [
      { users: [] },
      { users: Array.from({ length: 101 }, () => user) },
      {},
      { users: [{ ...user, email: 7 }] },
    ]

    const answers = await Promise.all(bodies.map((body) => api.post('signup-batch', body, admin)))

    expect(answers.map(({ status }) => status)).toEqual([400, 400, 400, 400])
    expect(answers[3]?.json).toMatchObject({ issues: [{ path: 'users.0.email' }] })
  })

  it('is to page through the users', async () => {
    const seen: string[] = []
    let query = '?limit=7'
    for (let page = 0; query !== '' && page < 50; page++) {
      const { status, json } = await api.call('GET', `get-all${query}`, { token: admin })
      expect(status).toBe(200)
      const { Users, PaginationToken } = json as {
        Users: { Username: string }[]
        PaginationToken?: string
      }
      expect(Users.length).toBeLessThanOrEqual(7)
      seen.push(...Users.map(({ Username }) => Username))
      query =
        PaginationToken === undefined
          ? ''
          : `?limit=7&pagination_token=${encodeURIComponent(PaginationToken)}`
    }

    expect(seen).toEqual(expect.arrayContaining(['demo', 'batch-0', 'batch-19', 'me']))
    expect(new Set(seen).size).toBe(seen.length)
  })

  it.each(['limit=0', 'limit=61', 'limit=x', 'pagination_token=nonsense', 'pagination_token='])(
    'is not to ask for ?%s',
    async (query) => {
      expect((await api.call('GET', `get-all?${query}`, { token: admin })).status).toBe(400)
    },
  )

  it('is to find a user by the whole name', async () => {
    const find = async (name: string): Promise<unknown> => {
      const { status, json } = await api.call('GET', `search/${name}`, { token: admin })
      const { Users } = json as { Users: Record<string, unknown>[] }
      return [status, Users.map(({ Username, UserStatus }) => [Username, UserStatus])]
    }

    expect(await find('me')).toEqual([200, [['me', 'CONFIRMED']]])
    expect(await find('nobody')).toEqual([200, []])
    expect(await find('batch-')).toEqual([200, []])
    expect(await find('%22%20or%20%22')).toEqual([200, []])
  })

  it('shows itself in id tokens, too', async () => {
    const token = await api.cloud.token('id')

    expect((await api.call('GET', 'search/me', { token })).status).toBe(200)
  })

  it.each([
    ['GET', 'get-all'],
    ['GET', 'search/me'],
    ['POST', 'signup-batch'],
  ])('is not what others may: %s %s', async (method, path) => {
    const { AccessToken } = await api.signIn('me')
    const body = method === 'POST' ? { body: { users: [] } } : {}

    const user = await api.call(method, path, { ...body, token: AccessToken })
    const nobody = await api.call(method, path, body)

    expect(refusal(user)).toEqual([403, 'Only members of the group admins may do this'])
    expect([nobody.status, nobody.json]).toEqual([401, { message: 'Unauthorized' }])
  })
})

describe('the API', () => {
  it('answers unknown routes as API Gateway does', async () => {
    const answers = await Promise.all([api.call('GET', 'login'), api.put('nowhere', {})])

    for (const { status, json } of answers) {
      expect([status, json]).toEqual([404, { message: 'Not Found' }])
    }
  })

  it('lets web pages of any origin call it', async () => {
    const preflight = await api.call('OPTIONS', 'login', {
      headers: { origin: 'https://example.com', 'access-control-request-method': 'PUT' },
    })
    const answer = await api.call('PUT', 'login', {
      body: {},
      headers: { origin: 'https://example.com' },
    })

    expect(preflight.status).toBe(204)
    expect(answer.headers.get('access-control-allow-origin')).toBe('*')
    expect(answer.headers.get('apigw-requestid')).not.toBeNull()
  })
})
