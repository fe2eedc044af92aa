import { AdminCreateUserCommand } from '@aws-sdk/client-cognito-identity-provider'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Answer } from '../harness.ts'
import { ANY_TEXT, PASSWORD, refusal, startIdentityApi } from './identity-api.ts'
import type { IdentityApi } from './identity-api.ts'

let api: IdentityApi
beforeAll(async () => {
  api = await startIdentityApi()
})
afterAll(() => api.close())

describe('PUT /users/login', () => {
  it('answers tokens', async () => {
    const username = await api.confirmed('login')

    const { status, json } = await api.put('login', { username, password: PASSWORD })

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
    const username = await api.confirmed('guarded')

    const wrong = await api.put('login', { username, password: 'Wrong-horse-7' })
    const unknown = await api.put('login', { username: 'nobody', password: 'Wrong-horse-7' })

    expect(refusal(wrong)).toEqual([401, 'Incorrect username or password.'])
    expect([unknown.status, unknown.text]).toEqual([wrong.status, wrong.text])
  })

  it('wants a confirmed user', async () => {
    await api.signUp('hasty')

    expect(refusal(await api.put('login', { username: 'hasty', password: PASSWORD }))).toEqual([
      403,
      'User is not confirmed.',
    ])
  })
})

describe('PUT /users/challenge', () => {
  async function invited(Username: string): Promise<{ Session: string; answer: Answer }> {
    const { client, UserPoolId } = api.pool
    await client.send(
      new AdminCreateUserCommand({
        UserPoolId,
        Username,
        TemporaryPassword: 'Temporary-1',
        MessageAction: 'SUPPRESS',
        UserAttributes: [{ Name: 'email', Value: `${Username}@example.com` }],
      }),
    )
    const answer = await api.put('login', { username: Username, password: 'Temporary-1' })
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

    const first = await api.put('challenge', response)
    const again = await api.put('challenge', response)

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
    expect((await api.signIn('invited')).AccessToken).toBeDefined()
  })

  it('refuses a session of another user, and one that was changed', async () => {
    const { Session } = await invited('invited-too')
    const responses = { NEW_PASSWORD: PASSWORD }
    const challenge = 'NEW_PASSWORD_REQUIRED'

    const other = await api.put('challenge', {
      username: 'invited',
      session: Session,
      challenge,
      responses,
    })
    const changed = await api.put('challenge', {
      username: 'invited-too',
      session: `${Session.slice(0, -4)}AAAA`,
      challenge,
      responses,
    })

    expect([other.status, changed.status]).toEqual([401, 401])
  })

  it('refuses a challenge that there is not, and other responses than text', async () => {
    const unknown = { username: 'x', session: 'x'.repeat(20), challenge: 'NOPE', responses: {} }

    expect((await api.put('challenge', unknown)).status).toBe(400)
    const wrong = await api.put('challenge', { ...unknown, responses: { NEW_PASSWORD: 7 } })
    expect(wrong.json).toMatchObject({ issues: [{ path: 'responses.NEW_PASSWORD' }] })
  })
})

describe('PUT /users/refresh and PUT /users/logout', () => {
  it('refreshes until the user signs out, everywhere', async () => {
    const username = await api.confirmed('leaver')
    const [phone, laptop] = [await api.signIn(username), await api.signIn(username)]

    const refreshed = await api.put('refresh', { refresh_token: phone.RefreshToken })
    const left = await api.put('logout', { access_token: laptop.AccessToken })
    const afterwards = await Promise.all([
      api.put('refresh', { refresh_token: phone.RefreshToken }),
      api.put('refresh', { refresh_token: laptop.RefreshToken }),
      api.call('GET', 'me', { token: phone.AccessToken }),
      api.put('logout', { access_token: phone.AccessToken }),
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
    const tokens = await api.signIn(await api.confirmed('confused'))

    expect((await api.put('refresh', { refresh_token: 'nonsense' })).status).toBe(401)
    expect((await api.put('refresh', { refresh_token: tokens.AccessToken })).status).toBe(401)
    expect((await api.put('logout', { access_token: tokens.IdToken })).status).toBe(401)
    expect((await api.put('logout', {})).status).toBe(400)
  })
})
