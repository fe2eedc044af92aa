import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Answer } from '../harness.ts'
import { PASSWORD, refusal, startIdentityApi, wrongCode } from './identity-api.ts'
import type { IdentityApi } from './identity-api.ts'

let api: IdentityApi
beforeAll(async () => {
  api = await startIdentityApi()
})
afterAll(() => api.close())

describe('GET /users/me', () => {
  it('shows the user', async () => {
    const { AccessToken } = await api.signIn(await api.confirmed('me'))

    const { status, json } = await api.call('GET', 'me', { token: AccessToken })

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
    const { IdToken, AccessToken } = await api.signIn('me')

    const answers = await Promise.all(
      [undefined, 'x.y.z', IdToken, `${AccessToken.slice(0, -4)}AAAA`].map((token) =>
        api.call('GET', 'me', { token }),
      ),
    )

    expect(answers.map(({ status }) => status)).toEqual([401, 401, 401, 401])
  })
})

describe('PUT /users/update, verify-code and verify', () => {
  it('changes an address, which a code proves', async () => {
    const username = await api.confirmed('mover')
    const { AccessToken: access_token } = await api.signIn(username)

    const updated = await api.put('update', {
      access_token,
      attributes: [
        { Name: 'email', Value: 'moved@example.org' },
        { Name: 'name', Value: 'Ana' },
      ],
    })
    const asked = await api.put('verify-code', { access_token, attribute: 'email' })
    const code = await api.codeFor(username)
    const wrong = await api.put('verify', {
      access_token,
      attribute: 'email',
      code: wrongCode(code),
    })
    const right = await api.put('verify', { access_token, attribute: 'email', code })
    const { json } = await api.call('GET', 'me', { token: access_token })

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
    const { AccessToken: access_token } = await api.signIn('mover')

    const { json } = await api.put('update', {
      access_token,
      attributes: [{ Name: 'name', Value: 'Ana María' }],
    })

    expect(json).toEqual({ CodeDeliveryDetailsList: [] })
  })

  it('refuses what users may not say of themselves', async () => {
    const { AccessToken: access_token } = await api.signIn('mover')
    const change = (Name: string, Value: string): Promise<Answer> =>
      api.put('update', { access_token, attributes: [{ Name, Value }] })

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
    const { status, json } = await api.put(route, { access_token: 'x', ...body })

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

      expect((await api.put(route, body)).status).toBe(401)
    },
  )
})

describe('PUT /users/change-pwd', () => {
  it('changes the password for who knows the old one', async () => {
    const username = await api.confirmed('changer')
    const { AccessToken: access_token } = await api.signIn(username)
    const change = (previous_pwd: string, new_pwd: string): Promise<Answer> =>
      api.put('change-pwd', { access_token, previous_pwd, new_pwd })

    const wrong = await change('Wrong-horse-7', 'Another-horse-8')
    const weak = await change(PASSWORD, 'abc')
    const right = await change(PASSWORD, 'Another-horse-8')

    expect([wrong.status, weak.status]).toEqual([401, 400])
    expect([right.status, right.json]).toEqual([200, {}])
    expect((await api.signIn(username, 'Another-horse-8')).AccessToken).toBeDefined()
  })
})

describe('PUT /users/delete', () => {
  it('deletes the user', async () => {
    const username = await api.confirmed('goer')
    const { AccessToken: access_token } = await api.signIn(username)

    const gone = await api.put('delete', { access_token })
    const again = await api.put('delete', { access_token })

    expect([gone.status, gone.json]).toEqual([200, {}])
    expect([401, 404]).toContain(again.status)
    expect((await api.put('login', { username, password: PASSWORD })).status).toBe(401)
  })
})
