import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Answer } from '../harness.ts'
import { ANY_TEXT, PASSWORD, refusal, startIdentityApi, wrongCode } from './identity-api.ts'
import type { IdentityApi } from './identity-api.ts'

let api: IdentityApi
beforeAll(async () => {
  api = await startIdentityApi()
})
afterAll(() => api.close())

describe('POST /users/signup', () => {
  it('takes a person in and sends a code', async () => {
    const { status, json } = await api.signUp('new-ana')

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
    expect(await api.codeFor('new-ana')).toMatch(/^\d{6}$/)
  })

  it('takes a name once', async () => {
    await api.signUp('twice')

    expect(refusal(await api.signUp('twice'))).toEqual([409, 'User already exists'])
  })

  it('keeps to the password policy and to addresses', async () => {
    const weak = await api.post('signup', {
      username: 'weak',
      password: 'abc',
      email: 'a@example.com',
    })
    const lost = await api.post('signup', {
      username: 'lost',
      password: PASSWORD,
      email: 'nowhere',
    })

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
    const { status, json } = await api.post('signup', body)

    expect(status).toBe(400)
    expect(json).toMatchObject({ error: ANY_TEXT, issues: [{ path }] })
  })

  it('answers 400 to what is no JSON and 413 to what is too much', async () => {
    const malformed = await api.post('signup', '{"username":')
    const large = await api.post('signup', { username: 'x'.repeat(300_000) })

    expect([malformed.status, large.status]).toEqual([400, 413])
    expect(malformed.json).toHaveProperty('error')
  })
})

describe('PUT /users/confirm and POST /users/resend-code', () => {
  it('confirms with the newest code, once', async () => {
    await api.signUp('confirmer')
    const resent = await api.post('resend-code', { username: 'confirmer' })
    const code = await api.codeFor('confirmer')
    const confirm = (confirmation_code: string): Promise<Answer> =>
      api.put('confirm', { username: 'confirmer', confirmation_code })

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

  it('says the same of nobody and of who is confirmed, and sends no code', async () => {
    const username = await api.confirmed('already')
    const before = await api.cloud.codes(username)

    const answers = await Promise.all(
      [username, 'nobody'].map(async (name) => [
        await api.post('resend-code', { username: name }),
        await api.put('confirm', { username: name, confirmation_code: '123456' }),
      ]),
    )

    for (const [resent, confirm] of answers) {
      expect(resent?.status).toBe(200)
      expect(resent?.json).toMatchObject({
        CodeDeliveryDetails: {
          AttributeName: 'email',
          Destination: expect.stringMatching(/^.\*\*\*@.\*\*\*$/) as string,
        },
      })
      expect(confirm === undefined ? undefined : refusal(confirm)).toEqual([
        400,
        'Invalid code provided, please request a code again.',
      ])
    }
    expect(await api.cloud.codes(username)).toEqual(before)
  })
})
