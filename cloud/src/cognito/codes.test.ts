import { describe, expect, it } from 'vitest'
import { password, poolWithUser, signIn, testCognito, type TestCognito } from './test-cognito.ts'

const dayMs = 86_400_000
const codeOf = (test: TestCognito, name: string): string => test.cognito.outbox.lastCode(name) ?? ''

/** Has codes sent until one differs from `former`: one time in a million the next is the same. */
async function anotherCode(
  test: TestCognito,
  name: string,
  former: string,
  send: () => Promise<unknown>,
): Promise<string> {
  do await send()
  while (codeOf(test, name) === former)
  return codeOf(test, name)
}

async function signedUp(test: TestCognito, clientId: string): Promise<void> {
  await test.call('SignUp', {
    ClientId: clientId,
    Username: 'carla',
    Password: password,
    UserAttributes: [{ Name: 'email', Value: 'carla@example.com' }],
  })
}

const verifying = { pool: { AutoVerifiedAttributes: ['email'] } }

describe('codes of sign-ups', () => {
  it('work once, and are void once another was sent', async () => {
    const test = testCognito()
    const { clientId } = await poolWithUser(test, verifying)
    await signedUp(test, clientId)
    const confirm = (ConfirmationCode: string) =>
      test.call('ConfirmSignUp', { ClientId: clientId, Username: 'carla', ConfirmationCode })
    const first = codeOf(test, 'carla')
    const second = await anotherCode(test, 'carla', first, () =>
      test.call('ResendConfirmationCode', { ClientId: clientId, Username: 'carla' }),
    )

    await expect(confirm(first)).rejects.toMatchObject({
      code: 'CodeMismatchException',
      message: 'Invalid verification code provided, please try again.',
    })
    await confirm(second)

    await expect(confirm(second)).rejects.toMatchObject({
      code: 'NotAuthorizedException',
      message: 'User cannot be confirmed. Current status is CONFIRMED',
    })
  })

  it('are of one user', async () => {
    const test = testCognito()
    const { clientId } = await poolWithUser(test, verifying)
    await signedUp(test, clientId)
    await test.call('ForgotPassword', { ClientId: clientId, Username: 'ana' })

    await expect(
      test.call('ConfirmForgotPassword', {
        ClientId: clientId,
        Username: 'carla',
        ConfirmationCode: codeOf(test, 'ana'),
        Password: 'Another-one-2',
      }),
    ).rejects.toMatchObject({ code: 'ExpiredCodeException' })
  })
})

describe('codes of attributes', () => {
  it('end after a day, work once, and are void when the address changed', async () => {
    const test = testCognito()
    const { clientId } = await poolWithUser(test, verifying)
    const fresh = async (): Promise<string> =>
      (await signIn(test, clientId)).AuthenticationResult.AccessToken
    let AccessToken = await fresh()
    const change = (Value: string) =>
      test.call('UpdateUserAttributes', { AccessToken, UserAttributes: [{ Name: 'email', Value }] })
    const verify = (Code: string) =>
      test.call('VerifyUserAttribute', { AccessToken, AttributeName: 'email', Code })

    await change('first@example.com')
    const first = codeOf(test, 'ana')
    let serial = 0
    const second = await anotherCode(test, 'ana', first, () => change(`${serial++}@example.com`))
    await expect(verify(first)).rejects.toMatchObject({ code: 'CodeMismatchException' })
    test.clock.advance(dayMs)
    AccessToken = await fresh()
    await expect(verify(second)).rejects.toMatchObject({ code: 'ExpiredCodeException' })
    await test.call('GetUserAttributeVerificationCode', { AccessToken, AttributeName: 'email' })
    const third = codeOf(test, 'ana')
    await verify(third)

    await expect(verify(third)).rejects.toMatchObject({ code: 'ExpiredCodeException' })
  })
})

describe('codes instead of a password', () => {
  const byEmail = {
    pool: { Policies: { SignInPolicy: { AllowedFirstAuthFactors: ['PASSWORD', 'EMAIL_OTP'] } } },
  }
  const begin = (test: TestCognito, clientId: string) =>
    test.call('InitiateAuth', {
      ClientId: clientId,
      AuthFlow: 'USER_AUTH',
      AuthParameters: { USERNAME: 'ana', PREFERRED_CHALLENGE: 'EMAIL_OTP' },
    })
  const answer = (test: TestCognito, clientId: string, Session: string, code: string) =>
    test.call('RespondToAuthChallenge', {
      ClientId: clientId,
      ChallengeName: 'EMAIL_OTP',
      Session,
      ChallengeResponses: { USERNAME: 'ana', EMAIL_OTP_CODE: code },
    })

  it('work once, for their own session, until it ends', async () => {
    const test = testCognito()
    const { clientId } = await poolWithUser(test, byEmail)
    const one = await begin(test, clientId)
    const code = codeOf(test, 'ana')
    let other = one
    await anotherCode(test, 'ana', code, async () => {
      other = await begin(test, clientId)
    })

    await expect(answer(test, clientId, other.Session, code)).rejects.toMatchObject({
      code: 'CodeMismatchException',
    })
    await answer(test, clientId, one.Session, code)

    await expect(answer(test, clientId, one.Session, code)).rejects.toMatchObject({
      message: 'Invalid session for the user, session can only be used once.',
    })
    test.clock.advance(180_000)
    await expect(answer(test, clientId, other.Session, codeOf(test, 'ana'))).rejects.toMatchObject({
      message: 'Invalid session for the user, session is expired.',
    })
  })

  it('lock after five wrong ones, as wrong passwords do', async () => {
    const test = testCognito()
    const { clientId } = await poolWithUser(test, byEmail)
    const { Session } = await begin(test, clientId)
    const right = codeOf(test, 'ana')
    const wrong = right === '000000' ? '111111' : '000000'

    for (let at = 0; at < 5; at++) {
      await expect(answer(test, clientId, Session, wrong)).rejects.toMatchObject({
        code: 'CodeMismatchException',
      })
    }

    await expect(answer(test, clientId, Session, right)).rejects.toMatchObject({
      message: 'Password attempts exceeded',
    })
    await expect(signIn(test, clientId)).rejects.toMatchObject({
      message: 'Password attempts exceeded',
    })
  })
})
