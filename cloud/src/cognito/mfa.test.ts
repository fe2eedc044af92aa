import { describe, expect, it } from 'vitest'
import { stepOf, totpAt } from './passwords/totp.ts'
import { poolWithUser, signIn, testCognito, type Answer, type TestCognito } from './test-cognito.ts'

const answer = (
  test: TestCognito,
  clientId: string,
  challenge: Answer,
  responses: Record<string, string> = {},
): Promise<Answer> =>
  test.call('RespondToAuthChallenge', {
    ClientId: clientId,
    ChallengeName: challenge.ChallengeName,
    Session: challenge.Session,
    ChallengeResponses: { USERNAME: 'ana', ...responses },
  })

const appCode = (test: TestCognito, secret: string): string => {
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'
  const bits = Array.from(secret, (each) => alphabet.indexOf(each).toString(2).padStart(5, '0'))
  const bytes = bits.join('').match(/.{8}/g) ?? []
  const raw = Buffer.from(bytes.map((each) => Number.parseInt(each, 2)))
  return totpAt(raw, stepOf(test.clock.now()))
}

describe('an authenticator app', () => {
  it('is set up while signing in, where the pool requires a second factor', async () => {
    const test = testCognito()
    const { poolId, clientId } = await poolWithUser(test)
    await test.call('SetUserPoolMfaConfig', {
      UserPoolId: poolId,
      MfaConfiguration: 'ON',
      SoftwareTokenMfaConfiguration: { Enabled: true },
    })

    const setup = await signIn(test, clientId)
    const { SecretCode, Session } = await test.call('AssociateSoftwareToken', {
      Session: setup.Session,
    })
    const verified = await test.call('VerifySoftwareToken', {
      Session,
      UserCode: appCode(test, SecretCode),
    })
    const done = await answer(test, clientId, { ...setup, Session: verified.Session })

    expect(setup.ChallengeName).toBe('MFA_SETUP')
    expect(JSON.parse(setup.ChallengeParameters.MFAS_CAN_SETUP)).toEqual(['SOFTWARE_TOKEN_MFA'])
    expect(verified.Status).toBe('SUCCESS')
    expect(done.AuthenticationResult.AccessToken).toBeDefined()

    test.clock.advance(60_000)
    const challenge = await signIn(test, clientId)
    expect(challenge.ChallengeName).toBe('SOFTWARE_TOKEN_MFA')
    await expect(
      answer(test, clientId, challenge, { SOFTWARE_TOKEN_MFA_CODE: '000000' }),
    ).rejects.toMatchObject({ code: 'CodeMismatchException' })
    const code = appCode(test, SecretCode)
    const second = await answer(test, clientId, challenge, { SOFTWARE_TOKEN_MFA_CODE: code })
    expect(second.AuthenticationResult.AccessToken).toBeDefined()

    const replay = await signIn(test, clientId)
    await expect(
      answer(test, clientId, replay, { SOFTWARE_TOKEN_MFA_CODE: code }),
    ).rejects.toMatchObject({ code: 'CodeMismatchException' })
  })

  it('cannot be skipped by answering MFA_SETUP without a verified code', async () => {
    const test = testCognito()
    const { poolId, clientId } = await poolWithUser(test)
    await test.call('SetUserPoolMfaConfig', {
      UserPoolId: poolId,
      MfaConfiguration: 'ON',
      SoftwareTokenMfaConfiguration: { Enabled: true },
    })

    const setup = await signIn(test, clientId)

    await expect(answer(test, clientId, setup)).rejects.toMatchObject({
      code: 'InvalidParameterException',
    })
  })

  it('is offered beside e-mail, when the user has both and prefers none', async () => {
    const test = testCognito()
    const { poolId, clientId } = await poolWithUser(test)
    await test.call('SetUserPoolMfaConfig', {
      UserPoolId: poolId,
      MfaConfiguration: 'OPTIONAL',
      SoftwareTokenMfaConfiguration: { Enabled: true },
      EmailMfaConfiguration: {},
    })
    const { AuthenticationResult } = await signIn(test, clientId)
    const { AccessToken } = AuthenticationResult
    const { SecretCode } = await test.call('AssociateSoftwareToken', { AccessToken })
    await test.call('VerifySoftwareToken', { AccessToken, UserCode: appCode(test, SecretCode) })
    await test.call('SetUserMFAPreference', {
      AccessToken,
      SoftwareTokenMfaSettings: { Enabled: true },
      EmailMfaSettings: { Enabled: true },
    })

    const choice = await signIn(test, clientId)
    const challenge = await answer(test, clientId, choice, { ANSWER: 'EMAIL_OTP' })
    const done = await answer(test, clientId, challenge, {
      EMAIL_OTP_CODE: test.cognito.outbox.lastCode('ana') ?? '',
    })

    expect(choice.ChallengeName).toBe('SELECT_MFA_TYPE')
    expect(challenge.ChallengeParameters.CODE_DELIVERY_DESTINATION).toBe('a***@e***')
    expect(done.AuthenticationResult.AccessToken).toBeDefined()
    const who = await test.call('GetUser', { AccessToken })
    expect(who.UserMFASettingList).toEqual(['SOFTWARE_TOKEN_MFA', 'EMAIL_OTP'])
  })
})

describe('a choice-based sign-in', () => {
  it('offers what the user has, and signs in by a code sent by e-mail', async () => {
    const test = testCognito()
    const { clientId } = await poolWithUser(test, {
      pool: {
        Policies: { SignInPolicy: { AllowedFirstAuthFactors: ['PASSWORD', 'EMAIL_OTP'] } },
      },
    })

    const choice = await test.call('InitiateAuth', {
      ClientId: clientId,
      AuthFlow: 'USER_AUTH',
      AuthParameters: { USERNAME: 'ana' },
    })
    const challenge = await answer(test, clientId, choice, { ANSWER: 'EMAIL_OTP' })
    const done = await answer(test, clientId, challenge, {
      EMAIL_OTP_CODE: test.cognito.outbox.lastCode('ana') ?? '',
    })

    expect(choice.AvailableChallenges).toEqual(['PASSWORD', 'PASSWORD_SRP', 'EMAIL_OTP'])
    expect(done.AuthenticationResult.AccessToken).toBeDefined()
  })
})
