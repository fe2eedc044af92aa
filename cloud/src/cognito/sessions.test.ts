import { describe, expect, it } from 'vitest'
import { password, poolWithUser, signIn, testCognito, type TestCognito } from './test-cognito.ts'

const temporary = 'Temporary-1'

async function invited(test: TestCognito, poolId: string, Username: string): Promise<void> {
  await test.call('AdminCreateUser', {
    UserPoolId: poolId,
    Username,
    TemporaryPassword: temporary,
    MessageAction: 'SUPPRESS',
  })
}

const answer = (test: TestCognito, clientId: string, Session: string, name = 'ben') =>
  test.call('RespondToAuthChallenge', {
    ClientId: clientId,
    ChallengeName: 'NEW_PASSWORD_REQUIRED',
    Session,
    ChallengeResponses: { USERNAME: name, NEW_PASSWORD: 'Chosen-one-1' },
  })

describe('a challenge’s session', () => {
  it('is bound to its user, its client and its challenge', async () => {
    const test = testCognito()
    const { poolId, clientId } = await poolWithUser(test)
    const other = await test.call('CreateUserPoolClient', { UserPoolId: poolId, ClientName: 'b' })
    await invited(test, poolId, 'ben')
    const { Session } = await signIn(test, clientId, { USERNAME: 'ben', PASSWORD: temporary })
    const refused = { code: 'NotAuthorizedException', message: 'Invalid session for the user.' }

    await expect(answer(test, clientId, Session, 'ana')).rejects.toMatchObject(refused)
    await expect(answer(test, other.UserPoolClient.ClientId, Session)).rejects.toMatchObject(
      refused,
    )
    await expect(
      test.call('RespondToAuthChallenge', {
        ClientId: clientId,
        ChallengeName: 'SOFTWARE_TOKEN_MFA',
        Session,
        ChallengeResponses: { USERNAME: 'ben', SOFTWARE_TOKEN_MFA_CODE: '123456' },
      }),
    ).rejects.toMatchObject(refused)
    const tampered = `${Session.slice(0, -2)}${Session.endsWith('AA') ? 'BB' : 'AA'}`
    await expect(answer(test, clientId, tampered)).rejects.toMatchObject(refused)
    await expect(answer(test, clientId, 'x'.repeat(30))).rejects.toMatchObject(refused)
    expect((await signIn(test, clientId)).AuthenticationResult).toBeDefined()
  })

  it('ends after three minutes', async () => {
    const test = testCognito()
    const { poolId, clientId } = await poolWithUser(test)
    await invited(test, poolId, 'ben')
    const { Session } = await signIn(test, clientId, { USERNAME: 'ben', PASSWORD: temporary })

    test.clock.advance(180_000)

    await expect(answer(test, clientId, Session)).rejects.toMatchObject({
      message: 'Invalid session for the user, session is expired.',
    })
  })

  it('lets only one of two answers at the same time through', async () => {
    const test = testCognito()
    const { poolId, clientId } = await poolWithUser(test)
    await invited(test, poolId, 'ben')
    const { Session } = await signIn(test, clientId, { USERNAME: 'ben', PASSWORD: temporary })

    const outcomes = await Promise.allSettled([
      answer(test, clientId, Session),
      answer(test, clientId, Session),
    ])

    expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
  })
})

describe('time', () => {
  it('ends temporary passwords after seven days', async () => {
    const test = testCognito()
    const { poolId, clientId } = await poolWithUser(test)
    await invited(test, poolId, 'ben')

    test.clock.advance(7 * 86_400_000)

    await expect(
      signIn(test, clientId, { USERNAME: 'ben', PASSWORD: temporary }),
    ).rejects.toMatchObject({
      code: 'NotAuthorizedException',
      message: 'Temporary password has expired and must be reset by an administrator.',
    })
  })

  it('ends codes: of a sign-up after a day, of a reset after an hour', async () => {
    const test = testCognito()
    const { clientId } = await poolWithUser(test, { pool: { AutoVerifiedAttributes: ['email'] } })
    await test.call('SignUp', {
      ClientId: clientId,
      Username: 'carla',
      Password: password,
      UserAttributes: [{ Name: 'email', Value: 'carla@example.com' }],
    })
    await test.call('ForgotPassword', { ClientId: clientId, Username: 'ana' })
    const codeOf = (name: string) => test.cognito.outbox.lastCode(name)

    test.clock.advance(3_600_000)
    await expect(
      test.call('ConfirmForgotPassword', {
        ClientId: clientId,
        Username: 'ana',
        ConfirmationCode: codeOf('ana'),
        Password: 'Another-one-2',
      }),
    ).rejects.toMatchObject({ code: 'ExpiredCodeException' })
    test.clock.advance(23 * 3_600_000)
    await expect(
      test.call('ConfirmSignUp', {
        ClientId: clientId,
        Username: 'carla',
        ConfirmationCode: codeOf('carla'),
      }),
    ).rejects.toMatchObject({
      code: 'ExpiredCodeException',
      message: 'Invalid code provided, please request a code again.',
    })
  })

  it('ends refresh tokens, and sweeps away what has ended', async () => {
    const test = testCognito()
    const { clientId } = await poolWithUser(test)
    const { AuthenticationResult: tokens } = await signIn(test, clientId)
    await test.call('RevokeToken', { ClientId: clientId, Token: tokens.RefreshToken })
    const { AuthenticationResult: later } = await signIn(test, clientId)
    const marks = () =>
      [
        ...test.store.reader.range({
          from: Buffer.from('cognito/marks'),
          to: Buffer.from('cognito/n'),
        }),
      ].length
    expect(marks()).toBe(2)

    test.cognito.start()
    test.clock.advance(30 * 86_400_000)
    await new Promise((resolve) => {
      setImmediate(resolve)
    })
    test.clock.advance(300_000)
    await test.store.write(() => undefined)

    expect(marks()).toBe(0)
    await expect(
      test.call('InitiateAuth', {
        ClientId: clientId,
        AuthFlow: 'REFRESH_TOKEN_AUTH',
        AuthParameters: { REFRESH_TOKEN: later.RefreshToken },
      }),
    ).rejects.toMatchObject({ message: 'Refresh Token has expired' })
    test.cognito.close()
  })
})

describe('codes', () => {
  it('stop counting after five wrong ones, even for the right one', async () => {
    const test = testCognito()
    const { clientId } = await poolWithUser(test)
    await test.call('ForgotPassword', { ClientId: clientId, Username: 'ana' })
    const right = test.cognito.outbox.lastCode('ana') ?? ''
    const confirm = (ConfirmationCode: string) =>
      test.call('ConfirmForgotPassword', {
        ClientId: clientId,
        Username: 'ana',
        ConfirmationCode,
        Password: 'Another-one-2',
      })

    for (let wrong = 0; wrong < 5; wrong++) {
      await expect(confirm(right === '000000' ? '111111' : '000000')).rejects.toMatchObject({
        code: 'CodeMismatchException',
      })
    }

    await expect(confirm(right)).rejects.toMatchObject({ code: 'LimitExceededException' })
  })

  it('work once', async () => {
    const test = testCognito()
    const { clientId } = await poolWithUser(test)
    await test.call('ForgotPassword', { ClientId: clientId, Username: 'ana' })
    const confirm = (Password: string) =>
      test.call('ConfirmForgotPassword', {
        ClientId: clientId,
        Username: 'ana',
        ConfirmationCode: test.cognito.outbox.lastCode('ana'),
        Password,
      })

    await confirm('Another-one-2')

    await expect(confirm('Another-one-3')).rejects.toMatchObject({ code: 'ExpiredCodeException' })
    const signedIn = await signIn(test, clientId, { PASSWORD: 'Another-one-2' })
    expect(signedIn.AuthenticationResult).toBeDefined()
  })
})
