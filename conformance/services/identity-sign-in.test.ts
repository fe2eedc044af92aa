import {
  AdminUpdateUserAttributesCommand,
  CognitoIdentityProviderClient,
  AdminCreateUserCommand,
  ListUserPoolClientsCommand,
  ListUserPoolsCommand,
  UpdateUserPoolClientCommand,
} from '@aws-sdk/client-cognito-identity-provider'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { send, startCloud } from '../harness.ts'
import type { Answer, Sending, TestCloud } from '../harness.ts'

const PASSWORD = 'Correct-horse-7'
const ANY_TEXT = expect.any(String) as string

let cloud: TestCloud
let admin: string
let pool: { client: CognitoIdentityProviderClient; UserPoolId: string }
beforeAll(async () => {
  cloud = await startCloud()
  admin = await cloud.token()
  const client = new CognitoIdentityProviderClient({
    endpoint: cloud.endpoint,
    region: 'us-east-1',
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
  })
  const { UserPools } = await client.send(new ListUserPoolsCommand({ MaxResults: 1 }))
  pool = { client, UserPoolId: UserPools?.[0]?.Id ?? '' }
})
afterAll(async () => {
  pool.client.destroy()
  await cloud.close()
})

const call = (method: string, path: string, sending?: Sending): Promise<Answer> =>
  send(method, `${cloud.frontDoor}/identity/users/${path}`, sending)

const put = (path: string, body: unknown): Promise<Answer> => call('PUT', path, { body })
const post = (path: string, body: unknown, token?: string): Promise<Answer> =>
  call('POST', path, { body, token })

const signUp = (username: string): Promise<Answer> =>
  post('signup', { username, password: PASSWORD, email: `${username}@example.com` })

const codeFor = async (username: string): Promise<string> => {
  const [code = ''] = await cloud.codes(username)
  return code
}

/** Another code of the same form. */
const wrongCode = (code: string): string => (code === '000000' ? '000001' : '000000')

async function confirmed(username: string): Promise<string> {
  await signUp(username)
  await put('confirm', { username, confirmation_code: await codeFor(username) })
  return username
}

type Tokens = { AccessToken: string; IdToken: string; RefreshToken: string }

async function signIn(username: string, password = PASSWORD): Promise<Tokens> {
  const { json } = await put('login', { username, password })
  return (json as { AuthenticationResult: Tokens }).AuthenticationResult
}

/** The status and the sentence of a refusal. */
const refusal = ({ status, json }: Answer): unknown => [status, (json as { error: unknown }).error]

describe('POST /users/signup', () => {
  it('takes a person in and sends a code', async () => {
    const { status, json } = await signUp('new-ana')

    expect(status).toBe(200)
    expect(json).toEqual({
      UserConfirmed: false,
      UserSub: expect.stringMatching(/^[0-9a-f-]{36}$/) as string,
      CodeDeliveryDetails: {
        AttributeName: 'email',
        DeliveryMedium: 'EMAIL',
        Destination: 'n***@e***',
      },
    })
    expect(await codeFor('new-ana')).toMatch(/^\d{6}$/)
  })

  it('takes a name once', async () => {
    await signUp('twice')

    expect(refusal(await signUp('twice'))).toEqual([409, 'User already exists'])
  })

  it('keeps to the password policy and to addresses', async () => {
    const weak = await post('signup', { username: 'weak', password: 'abc', email: 'a@example.com' })
    const lost = await post('signup', { username: 'lost', password: PASSWORD, email: 'nowhere' })

    expect(refusal(weak)).toEqual([
      400,
      expect.stringMatching(/^Password did not conform with policy: /),
    ])
    expect(lost.status).toBe(400)
  })

  it.each([
    ['username', { password: PASSWORD, email: 'a@example.com' }],
    ['password', { username: 'x', password: 7, email: 'a@example.com' }],
    ['email', { username: 'x', password: PASSWORD, email: '' }],
    ['username', { username: 'x'.repeat(129), password: PASSWORD, email: 'a@example.com' }],
  ])('refuses a wrong %s', async (path, body) => {
    const { status, json } = await post('signup', body)

    expect(status).toBe(400)
    expect(json).toMatchObject({ error: ANY_TEXT, issues: [{ path }] })
  })

  it('answers 400 to what is no JSON and 413 to what is too much', async () => {
    const malformed = await post('signup', '{"username":')
    const large = await post('signup', { username: 'x'.repeat(300_000) })

    expect([malformed.status, large.status]).toEqual([400, 413])
    expect(malformed.json).toHaveProperty('error')
  })
})

describe('PUT /users/confirm and POST /users/resend-code', () => {
  it('confirms with the newest code, once', async () => {
    await signUp('confirmer')
    const resent = await post('resend-code', { username: 'confirmer' })
    const code = await codeFor('confirmer')
    const confirm = (confirmation_code: string): Promise<Answer> =>
      put('confirm', { username: 'confirmer', confirmation_code })

    const wrong = await confirm(wrongCode(code))
    const right = await confirm(code)
    const again = await confirm(code)

    expect([resent.status, resent.json]).toEqual([
      200,
      {
        CodeDeliveryDetails: {
          AttributeName: 'email',
          DeliveryMedium: 'EMAIL',
          Destination: 'c***@e***',
        },
      },
    ])
    expect(refusal(wrong)).toEqual([400, 'Invalid verification code provided, please try again.'])
    expect([right.status, right.json]).toEqual([200, {}])
    expect(again.status).toBeGreaterThanOrEqual(400)
  })

  it('sends no code to who is confirmed', async () => {
    const username = await confirmed('already')

    expect((await post('resend-code', { username })).status).toBe(400)
  })

  it('says of nobody that they are unknown', async () => {
    const resent = await post('resend-code', { username: 'nobody' })
    const confirm = await put('confirm', { username: 'nobody', confirmation_code: '123456' })

    expect(resent.status).toBe(200)
    expect(resent.json).toHaveProperty('CodeDeliveryDetails.Destination')
    expect(confirm.status).toBe(400)
  })
})

describe('PUT /users/login', () => {
  it('answers tokens', async () => {
    const username = await confirmed('login')

    const { status, json } = await put('login', { username, password: PASSWORD })

    expect(status).toBe(200)
    expect(json).toEqual({
      AuthenticationResult: {
        AccessToken: ANY_TEXT,
        IdToken: ANY_TEXT,
        RefreshToken: ANY_TEXT,
        TokenType: 'Bearer',
        ExpiresIn: 3600,
      },
    })
  })

  it('answers a wrong password and an unknown user alike', async () => {
    const username = await confirmed('guarded')

    const wrong = await put('login', { username, password: 'Wrong-horse-7' })
    const unknown = await put('login', { username: 'nobody', password: 'Wrong-horse-7' })

    expect(refusal(wrong)).toEqual([401, 'Incorrect username or password.'])
    expect([unknown.status, unknown.text]).toEqual([wrong.status, wrong.text])
  })

  it('wants a confirmed user', async () => {
    await signUp('hasty')

    expect(refusal(await put('login', { username: 'hasty', password: PASSWORD }))).toEqual([
      403,
      'User is not confirmed.',
    ])
  })
})

describe('PUT /users/challenge', () => {
  async function invited(Username: string): Promise<{ Session: string; answer: Answer }> {
    const { client, UserPoolId } = pool
    await client.send(
      new AdminCreateUserCommand({
        UserPoolId,
        Username,
        TemporaryPassword: 'Temporary-1',
        MessageAction: 'SUPPRESS',
        UserAttributes: [{ Name: 'email', Value: `${Username}@example.com` }],
      }),
    )
    const answer = await put('login', { username: Username, password: 'Temporary-1' })
    return { Session: (answer.json as { Session: string }).Session, answer }
  }

  it('answers tokens for a new password, once', async () => {
    const { Session, answer } = await invited('invited')
    const response = {
      username: 'invited',
      session: Session,
      challenge: 'NEW_PASSWORD_REQUIRED',
      responses: { NEW_PASSWORD: PASSWORD },
    }

    const first = await put('challenge', response)
    const again = await put('challenge', response)

    expect([answer.status, answer.json]).toEqual([
      200,
      {
        ChallengeName: 'NEW_PASSWORD_REQUIRED',
        Session: ANY_TEXT,
        ChallengeParameters: expect.any(Object) as object,
      },
    ])
    expect(first.status).toBe(200)
    expect(first.json).toHaveProperty('AuthenticationResult.AccessToken')
    expect(again.status).toBe(401)
    expect((await signIn('invited')).AccessToken).toBeDefined()
  })

  it('refuses a session of another user, and one that was changed', async () => {
    const { Session } = await invited('invited-too')
    const responses = { NEW_PASSWORD: PASSWORD }
    const challenge = 'NEW_PASSWORD_REQUIRED'

    const other = await put('challenge', {
      username: 'invited',
      session: Session,
      challenge,
      responses,
    })
    const changed = await put('challenge', {
      username: 'invited-too',
      session: `${Session.slice(0, -4)}AAAA`,
      challenge,
      responses,
    })

    expect([other.status, changed.status]).toEqual([401, 401])
  })

  it('refuses a challenge that there is not, and other responses than text', async () => {
    const unknown = { username: 'x', session: 'x'.repeat(20), challenge: 'NOPE', responses: {} }

    expect((await put('challenge', unknown)).status).toBe(400)
    const wrong = await put('challenge', { ...unknown, responses: { NEW_PASSWORD: 7 } })
    expect(wrong.json).toMatchObject({ issues: [{ path: 'responses.NEW_PASSWORD' }] })
  })
})

describe('PUT /users/refresh and PUT /users/logout', () => {
  it('refreshes until the user signs out, everywhere', async () => {
    const username = await confirmed('leaver')
    const [phone, laptop] = [await signIn(username), await signIn(username)]

    const refreshed = await put('refresh', { refresh_token: phone.RefreshToken })
    const left = await put('logout', { access_token: laptop.AccessToken })
    const afterwards = await Promise.all([
      put('refresh', { refresh_token: phone.RefreshToken }),
      put('refresh', { refresh_token: laptop.RefreshToken }),
      call('GET', 'me', { token: phone.AccessToken }),
      put('logout', { access_token: phone.AccessToken }),
    ])

    expect(refreshed.status).toBe(200)
    expect(refreshed.json).toMatchObject({
      AuthenticationResult: { AccessToken: ANY_TEXT, IdToken: ANY_TEXT },
    })
    expect([left.status, left.json]).toEqual([200, {}])
    expect(afterwards.map(({ status }) => status)).toEqual([401, 401, 401, 401])
    expect(refusal(afterwards[2])).toEqual([401, 'Access Token has been revoked'])
  })

  it('refuses what is no token, and the wrong kind of one', async () => {
    const tokens = await signIn(await confirmed('confused'))

    expect((await put('refresh', { refresh_token: 'nonsense' })).status).toBe(401)
    expect((await put('refresh', { refresh_token: tokens.AccessToken })).status).toBe(401)
    expect((await put('logout', { access_token: tokens.IdToken })).status).toBe(401)
    expect((await put('logout', {})).status).toBe(400)
  })
})

describe('GET /users/me', () => {
  it('shows the user', async () => {
    const { AccessToken } = await signIn(await confirmed('me'))

    const { status, json } = await call('GET', 'me', { token: AccessToken })

    expect(status).toBe(200)
    expect(json).toMatchObject({
      Username: 'me',
      UserAttributes: expect.arrayContaining([
        { Name: 'email', Value: 'me@example.com' },
        { Name: 'email_verified', Value: 'true' },
      ]) as object[],
    })
    expect(Object.keys(json as object)).toEqual(['Username', 'UserAttributes'])
  })

  it('wants an access token', async () => {
    const { IdToken, AccessToken } = await signIn('me')

    const answers = await Promise.all(
      [undefined, 'x.y.z', IdToken, `${AccessToken.slice(0, -4)}AAAA`].map((token) =>
        call('GET', 'me', { token }),
      ),
    )

    expect(answers.map(({ status }) => status)).toEqual([401, 401, 401, 401])
  })
})

describe('PUT /users/update, verify-code and verify', () => {
  it('changes an address, which a code proves', async () => {
    const username = await confirmed('mover')
    const { AccessToken: access_token } = await signIn(username)

    const updated = await put('update', {
      access_token,
      attributes: [
        { Name: 'email', Value: 'moved@example.org' },
        { Name: 'name', Value: 'Ana' },
      ],
    })
    const asked = await put('verify-code', { access_token, attribute: 'email' })
    const code = await codeFor(username)
    const wrong = await put('verify', { access_token, attribute: 'email', code: wrongCode(code) })
    const right = await put('verify', { access_token, attribute: 'email', code })
    const { json } = await call('GET', 'me', { token: access_token })

    const delivery = { AttributeName: 'email', DeliveryMedium: 'EMAIL', Destination: 'm***@e***' }
    expect([updated.status, updated.json]).toEqual([200, { CodeDeliveryDetailsList: [delivery] }])
    expect([asked.status, asked.json]).toEqual([200, { CodeDeliveryDetails: delivery }])
    expect(refusal(wrong)).toEqual([400, 'Invalid verification code provided, please try again.'])
    expect([right.status, right.json]).toEqual([200, {}])
    expect(json).toMatchObject({
      UserAttributes: expect.arrayContaining([
        { Name: 'email', Value: 'moved@example.org' },
        { Name: 'email_verified', Value: 'true' },
        { Name: 'name', Value: 'Ana' },
      ]) as object[],
    })
  })

  it('answers an empty list where nothing must be proven', async () => {
    const { AccessToken: access_token } = await signIn('mover')

    const { json } = await put('update', {
      access_token,
      attributes: [{ Name: 'name', Value: 'Ana María' }],
    })

    expect(json).toEqual({ CodeDeliveryDetailsList: [] })
  })

  it('refuses what users may not say of themselves', async () => {
    const { AccessToken: access_token } = await signIn('mover')
    const change = (Name: string, Value: string): Promise<Answer> =>
      put('update', { access_token, attributes: [{ Name, Value }] })

    const answers = await Promise.all([
      change('email_verified', 'true'),
      change('sub', 'x'),
      change('custom:unknown', 'x'),
    ])

    for (const { status } of answers) expect([400, 401]).toContain(status)
  })

  it.each([
    ['attribute', 'verify-code', { attribute: 'name' }],
    ['code', 'verify', { attribute: 'email' }],
    ['attributes', 'update', { attributes: [] }],
    ['attributes.0.Value', 'update', { attributes: [{ Name: 'name' }] }],
  ])('refuses a wrong %s', async (path, route, body) => {
    const { status, json } = await put(route, { access_token: 'x', ...body })

    expect(status).toBe(400)
    expect(json).toMatchObject({ issues: [{ path }] })
  })

  it.each(['update', 'verify-code', 'verify', 'change-pwd', 'delete', 'logout'])(
    'wants a good token for %s',
    async (route) => {
      const body = {
        access_token: 'eyJhbGciOiJub25lIn0.eyJzdWIiOiJ4In0.',
        attribute: 'email',
        attributes: [{ Name: 'name', Value: 'x' }],
        code: '123456',
        previous_pwd: PASSWORD,
        new_pwd: PASSWORD,
      }

      expect((await put(route, body)).status).toBe(401)
    },
  )
})

describe('PUT /users/forget-pwd and confirm-pwd', () => {
  it('gives a new password for a code', async () => {
    const username = await confirmed('forgetful')

    const sent = await put('forget-pwd', { username })
    const verification_code = await codeFor(username)
    const wrong = await put('confirm-pwd', {
      username,
      verification_code: wrongCode(verification_code),
      new_pwd: 'Another-horse-8',
    })
    const weak = await put('confirm-pwd', { username, verification_code, new_pwd: 'abc' })
    const right = await put('confirm-pwd', {
      username,
      verification_code,
      new_pwd: 'Another-horse-8',
    })
    const again = await put('confirm-pwd', {
      username,
      verification_code,
      new_pwd: 'Another-horse-9',
    })

    expect([sent.status, sent.json]).toEqual([
      200,
      {
        CodeDeliveryDetails: {
          AttributeName: 'email',
          DeliveryMedium: 'EMAIL',
          Destination: 'f***@e***',
        },
      },
    ])
    expect([wrong.status, weak.status, again.status]).toEqual([400, 400, 400])
    expect([right.status, right.json]).toEqual([200, {}])
    expect((await put('login', { username, password: PASSWORD })).status).toBe(401)
    expect((await signIn(username, 'Another-horse-8')).AccessToken).toBeDefined()
  })

  it('says of nobody that they are unknown', async () => {
    const unknown = await put('forget-pwd', { username: 'nobody' })
    const again = await put('forget-pwd', { username: 'nobody' })

    expect(unknown.status).toBe(200)
    expect(unknown.json).toEqual({
      CodeDeliveryDetails: {
        AttributeName: 'email',
        DeliveryMedium: 'EMAIL',
        Destination: expect.stringMatching(/^.\*\*\*@.\*\*\*$/) as string,
      },
    })
    expect(again.text).toBe(unknown.text)
  })

  it('sends nothing where no address is proven, and says the same', async () => {
    const { client, UserPoolId } = pool
    const username = await confirmed('unproven')
    await client.send(
      new AdminUpdateUserAttributesCommand({
        UserPoolId,
        Username: username,
        UserAttributes: [{ Name: 'email_verified', Value: 'false' }],
      }),
    )
    const before = await cloud.codes(username)

    const { status, json } = await put('forget-pwd', { username })

    expect(status).toBe(200)
    expect(json).toHaveProperty('CodeDeliveryDetails.Destination')
    expect(await cloud.codes(username)).toEqual(before)
  })
})

describe('PUT /users/change-pwd', () => {
  it('changes the password for who knows the old one', async () => {
    const username = await confirmed('changer')
    const { AccessToken: access_token } = await signIn(username)
    const change = (previous_pwd: string, new_pwd: string): Promise<Answer> =>
      put('change-pwd', { access_token, previous_pwd, new_pwd })

    const wrong = await change('Wrong-horse-7', 'Another-horse-8')
    const weak = await change(PASSWORD, 'abc')
    const right = await change(PASSWORD, 'Another-horse-8')

    expect([wrong.status, weak.status]).toEqual([401, 400])
    expect([right.status, right.json]).toEqual([200, {}])
    expect((await signIn(username, 'Another-horse-8')).AccessToken).toBeDefined()
  })
})

describe('PUT /users/delete', () => {
  it('deletes the user', async () => {
    const username = await confirmed('goer')
    const { AccessToken: access_token } = await signIn(username)

    const gone = await put('delete', { access_token })
    const again = await put('delete', { access_token })

    expect([gone.status, gone.json]).toEqual([200, {}])
    expect([401, 404]).toContain(again.status)
    expect((await put('login', { username, password: PASSWORD })).status).toBe(401)
  })
})

describe('what admins may', () => {
  it('is to sign many people up, each with an answer of their own', async () => {
    await signUp('batch-old')
    const one = (username: string, password = PASSWORD) => ({
      username,
      password,
      email: `${username}@example.com`,
    })

    const { status, json } = await post(
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

    const answers = await Promise.all(bodies.map((body) => post('signup-batch', body, admin)))

    expect(answers.map(({ status }) => status)).toEqual([400, 400, 400, 400])
    expect(answers[3]?.json).toMatchObject({ issues: [{ path: 'users.0.email' }] })
  })

  it('is to page through the users', async () => {
    const seen: string[] = []
    let query = '?limit=7'
    for (let page = 0; query !== '' && page < 50; page++) {
      const { status, json } = await call('GET', `get-all${query}`, { token: admin })
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
      expect((await call('GET', `get-all?${query}`, { token: admin })).status).toBe(400)
    },
  )

  it('is to find a user by the whole name', async () => {
    const find = async (name: string): Promise<unknown> => {
      const { status, json } = await call('GET', `search/${name}`, { token: admin })
      const { Users } = json as { Users: Record<string, unknown>[] }
      return [status, Users.map(({ Username, UserStatus }) => [Username, UserStatus])]
    }

    expect(await find('me')).toEqual([200, [['me', 'CONFIRMED']]])
    expect(await find('nobody')).toEqual([200, []])
    expect(await find('batch-')).toEqual([200, []])
    expect(await find('%22%20or%20%22')).toEqual([200, []])
  })

  it('shows itself in id tokens, too', async () => {
    const token = await cloud.token('id')

    expect((await call('GET', 'search/me', { token })).status).toBe(200)
  })

  it.each([
    ['GET', 'get-all'],
    ['GET', 'search/me'],
    ['POST', 'signup-batch'],
  ])('is not what others may: %s %s', async (method, path) => {
    const { AccessToken } = await signIn('me')
    const body = method === 'POST' ? { body: { users: [] } } : {}

    const user = await call(method, path, { ...body, token: AccessToken })
    const nobody = await call(method, path, body)

    expect(refusal(user)).toEqual([403, 'Only members of the group admins may do this'])
    expect([nobody.status, nobody.json]).toEqual([401, { message: 'Unauthorized' }])
  })
})

describe('the API', () => {
  it('answers unknown routes as API Gateway does', async () => {
    const answers = await Promise.all([call('GET', 'login'), put('nowhere', {})])

    for (const { status, json } of answers) {
      expect([status, json]).toEqual([404, { message: 'Not Found' }])
    }
  })

  it('lets web pages of any origin call it', async () => {
    const preflight = await call('OPTIONS', 'login', {
      headers: { origin: 'https://example.com', 'access-control-request-method': 'PUT' },
    })
    const answer = await call('PUT', 'login', {
      body: {},
      headers: { origin: 'https://example.com' },
    })

    expect(preflight.status).toBe(204)
    expect(answer.headers.get('access-control-allow-origin')).toBe('*')
    expect(answer.headers.get('apigw-requestid')).not.toBeNull()
  })
})

describe('a client that does not hide who exists', () => {
  beforeAll(async () => {
    const { client, UserPoolId } = pool
    const { UserPoolClients } = await client.send(new ListUserPoolClientsCommand({ UserPoolId }))
    await client.send(
      new UpdateUserPoolClientCommand({
        UserPoolId,
        ClientId: UserPoolClients?.[0]?.ClientId,
        ExplicitAuthFlows: ['ALLOW_USER_PASSWORD_AUTH'],
        PreventUserExistenceErrors: 'LEGACY',
      }),
    )
  })

  it('reveals it neither by a sign-in nor by a forgotten password', async () => {
    const username = await confirmed('revealed')

    const wrong = await put('login', { username, password: 'Wrong-horse-7' })
    const unknown = await put('login', { username: 'nobody', password: 'Wrong-horse-7' })
    const forgotten = await put('forget-pwd', { username: 'nobody' })
    const again = await put('forget-pwd', { username: 'nobody' })

    expect(refusal(wrong)).toEqual([401, 'Incorrect username or password.'])
    expect([unknown.status, unknown.text]).toEqual([wrong.status, wrong.text])
    expect([forgotten.status, forgotten.json]).toEqual([
      200,
      {
        CodeDeliveryDetails: {
          AttributeName: 'email',
          DeliveryMedium: 'EMAIL',
          Destination: expect.stringMatching(/^[a-z]\*\*\*@[a-z]\*\*\*$/) as string,
        },
      },
    ])
    expect(again.text).toBe(forgotten.text)
  })

  it('says of other calls that a user is unknown', async () => {
    const confirm = await put('confirm', { username: 'nobody', confirmation_code: '123456' })
    const reset = await put('confirm-pwd', {
      username: 'nobody',
      verification_code: '123456',
      new_pwd: PASSWORD,
    })

    expect([confirm.status, reset.status]).toEqual([404, 404])
  })
})
