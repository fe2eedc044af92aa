import { describe, expect, it } from 'vitest'
import { poolWithUser, signIn, testCognito, type TestCognito } from './test-cognito.ts'

const wrongPassword = { message: 'Incorrect username or password.' }
const locked = { code: 'NotAuthorizedException', message: 'Password attempts exceeded' }
const minuteMs = 60_000

async function fail(test: TestCognito, clientId: string, times: number, name = 'ana') {
  for (let at = 0; at < times; at++) {
    await expect(
      signIn(test, clientId, { USERNAME: name, PASSWORD: 'wrong' }),
    ).rejects.toMatchObject(wrongPassword)
  }
}

describe('lockout', () => {
  it('doubles with each failure from the fifth on, up to fifteen minutes', async () => {
    const test = testCognito()
    const { clientId } = await poolWithUser(test)
    await fail(test, clientId, 4)

    for (const lockMs of [1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 900, 900].map((s) => s * 1000)) {
      await fail(test, clientId, 1)
      test.clock.advance(lockMs - 1)
      await expect(signIn(test, clientId)).rejects.toMatchObject(locked)
      test.clock.advance(1)
    }

    expect((await signIn(test, clientId)).AuthenticationResult).toBeDefined()
  })

  it('does not count attempts while it lasts', async () => {
    const test = testCognito()
    const { clientId } = await poolWithUser(test)
    await fail(test, clientId, 5)
    for (let at = 0; at < 20; at++) {
      await expect(signIn(test, clientId, { PASSWORD: 'wrong' })).rejects.toMatchObject(locked)
    }

    test.clock.advance(1000)

    await fail(test, clientId, 1) // the sixth: two seconds
    test.clock.advance(2000)
    expect((await signIn(test, clientId)).AuthenticationResult).toBeDefined()
  })

  it('is forgotten after fifteen quiet minutes', async () => {
    const test = testCognito()
    const { clientId } = await poolWithUser(test)
    await fail(test, clientId, 4)

    test.clock.advance(15 * minuteMs)

    await fail(test, clientId, 4)
    expect((await signIn(test, clientId)).AuthenticationResult).toBeDefined()
  })

  it('is of one user, by whatever name, and of names that nobody has', async () => {
    const test = testCognito()
    const { poolId, clientId } = await poolWithUser(test, {
      pool: { AliasAttributes: ['email'] },
      client: { PreventUserExistenceErrors: 'ENABLED' },
    })
    await test.call('AdminCreateUser', {
      UserPoolId: poolId,
      Username: 'ben',
      TemporaryPassword: 'Temporary-1',
      MessageAction: 'SUPPRESS',
    })

    await fail(test, clientId, 3)
    await fail(test, clientId, 2, 'ana@example.com')
    await fail(test, clientId, 5, 'nobody')

    await expect(signIn(test, clientId)).rejects.toMatchObject(locked)
    await expect(signIn(test, clientId, { USERNAME: 'nobody' })).rejects.toMatchObject(locked)
    const other = await signIn(test, clientId, { USERNAME: 'ben', PASSWORD: 'Temporary-1' })
    expect(other.ChallengeName).toBe('NEW_PASSWORD_REQUIRED')
  })

  it('counts failed proofs of SRP, and a stolen access token’s guesses at the password', async () => {
    const test = testCognito()
    const { clientId } = await poolWithUser(test)
    const { AuthenticationResult } = await signIn(test, clientId)
    for (let at = 0; at < 3; at++) {
      const { ChallengeParameters } = await test.call('InitiateAuth', {
        ClientId: clientId,
        AuthFlow: 'USER_SRP_AUTH',
        AuthParameters: { USERNAME: 'ana', SRP_A: 'abcdef0123456789' },
      })
      await expect(
        test.call('RespondToAuthChallenge', {
          ClientId: clientId,
          ChallengeName: 'PASSWORD_VERIFIER',
          ChallengeResponses: {
            USERNAME: 'ana',
            PASSWORD_CLAIM_SECRET_BLOCK: ChallengeParameters.SECRET_BLOCK,
            PASSWORD_CLAIM_SIGNATURE: Buffer.alloc(32).toString('base64'),
            TIMESTAMP: 'Thu Jan 1 00:00:00 UTC 2026',
          },
        }),
      ).rejects.toMatchObject(wrongPassword)
    }
    const guess = () =>
      test.call('ChangePassword', {
        AccessToken: AuthenticationResult.AccessToken,
        PreviousPassword: 'wrong',
        ProposedPassword: 'Another-one-2',
      })

    await expect(guess()).rejects.toMatchObject(wrongPassword)
    await expect(guess()).rejects.toMatchObject(wrongPassword)

    await expect(guess()).rejects.toMatchObject(locked)
    await expect(signIn(test, clientId)).rejects.toMatchObject(locked)
  })
})
