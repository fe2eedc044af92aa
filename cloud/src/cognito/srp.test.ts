import { createHash, createHmac, getDiffieHellman, hkdfSync, randomBytes } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import {
  password,
  poolWithUser,
  testCognito,
  type Answer,
  type TestCognito,
} from './test-cognito.ts'

/** The client's half of SRP, written from the protocol with BigInt alone, as browsers' libraries do it. */
const N = BigInt(`0x${getDiffieHellman('modp15').getPrime('hex')}`)
const sha256 = (bytes: Buffer | string): Buffer => createHash('sha256').update(bytes).digest()
const number = (bytes: Buffer): bigint => BigInt(`0x${bytes.toString('hex')}`)

function padded(value: bigint): Buffer {
  let hex = value.toString(16)
  if (hex.length % 2 === 1) hex = `0${hex}`
  if ('89abcdef'.includes(hex.charAt(0))) hex = `00${hex}`
  return Buffer.from(hex, 'hex')
}

function power(base: bigint, exponent: bigint): bigint {
  let result = 1n
  let square = base % N
  for (let left = exponent; left > 0n; left >>= 1n) {
    if (left & 1n) result = (result * square) % N
    square = (square * square) % N
  }
  return result
}

const a = number(randomBytes(16))
const srpA = power(2n, a).toString(16)

function proof(poolId: string, secret: string, challenge: Answer): Record<string, string> {
  const { SALT, SECRET_BLOCK, SRP_B, USER_ID_FOR_SRP } = challenge.ChallengeParameters
  const B = BigInt(`0x${SRP_B}`)
  const suffix = poolId.split('_')[1] ?? ''
  const k = number(sha256(Buffer.concat([padded(N), padded(2n)])))
  const u = number(sha256(Buffer.concat([padded(BigInt(`0x${srpA}`)), padded(B)])))
  const inner = sha256(`${suffix}${USER_ID_FOR_SRP}:${secret}`)
  const x = number(sha256(Buffer.concat([padded(BigInt(`0x${SALT}`)), inner])))
  const base = (((B - k * power(2n, x)) % N) + N) % N
  const S = power(base, a + u * x)
  const key = Buffer.from(hkdfSync('sha256', padded(S), padded(u), 'Caldera Derived Key', 16))
  const timestamp = 'Sat Nov 7 10:00:00 UTC 2026'
  const signature = createHmac('sha256', key)
    .update(suffix)
    .update(USER_ID_FOR_SRP)
    .update(Buffer.from(SECRET_BLOCK, 'base64'))
    .update(timestamp)
    .digest('base64')
  return {
    USERNAME: USER_ID_FOR_SRP,
    PASSWORD_CLAIM_SECRET_BLOCK: SECRET_BLOCK,
    PASSWORD_CLAIM_SIGNATURE: signature,
    TIMESTAMP: timestamp,
  }
}

const start = (test: TestCognito, clientId: string, name: string, A = srpA): Promise<Answer> =>
  test.call('InitiateAuth', {
    ClientId: clientId,
    AuthFlow: 'USER_SRP_AUTH',
    AuthParameters: { USERNAME: name, SRP_A: A },
  })

const finish = (test: TestCognito, clientId: string, responses: object): Promise<Answer> =>
  test.call('RespondToAuthChallenge', {
    ClientId: clientId,
    ChallengeName: 'PASSWORD_VERIFIER',
    ChallengeResponses: responses,
  })

/** Every way to begin an exchange, with what stands for the client's public value. */
const beginnings: Readonly<Record<string, (A: string) => object>> = {
  USER_SRP_AUTH: (A) => ({ AuthFlow: 'USER_SRP_AUTH', AuthParameters: { SRP_A: A } }),
  USER_AUTH: (A) => ({
    AuthFlow: 'USER_AUTH',
    AuthParameters: { PREFERRED_CHALLENGE: 'PASSWORD_SRP', SRP_A: A },
  }),
  CUSTOM_AUTH: (A) => ({
    AuthFlow: 'CUSTOM_AUTH',
    AuthParameters: { CHALLENGE_NAME: 'SRP_A', SRP_A: A },
  }),
}

describe('A = 0 mod N, which would make every password right', () => {
  const ask = 'arn:aws:lambda:us-east-1:000000000000:function:ask'
  const triggers = {
    [ask]: (event: Answer) => ({ ...event, response: { challengeName: 'PASSWORD_VERIFIER' } }),
  }

  it.each(Object.keys(beginnings))('is refused with %s, from users and servers', async (flow) => {
    const test = testCognito({ triggers })
    const { poolId, clientId } = await poolWithUser(test, {
      pool: { LambdaConfig: { DefineAuthChallenge: ask } },
    })
    const begin = (operation: string, A: string): Promise<Answer> => {
      const { AuthParameters, ...input } = (beginnings[flow]?.(A) ?? {}) as {
        AuthParameters?: object
      }
      return test.call(operation, {
        ClientId: clientId,
        ...(operation === 'InitiateAuth' ? {} : { UserPoolId: poolId }),
        ...input,
        AuthParameters: { USERNAME: 'ana', ...AuthParameters },
      })
    }

    for (const operation of ['InitiateAuth', 'AdminInitiateAuth']) {
      for (const A of ['0', '00', N.toString(16), (2n * N).toString(16), '', 'no number']) {
        await expect(begin(operation, A)).rejects.toMatchObject({
          code: 'InvalidParameterException',
        })
      }
      expect((await begin(operation, srpA)).ChallengeName).toBe('PASSWORD_VERIFIER')
    }
  })
})

describe('signing in by SRP', () => {
  it('accepts the right password, by user name and by alias', async () => {
    const test = testCognito()
    const { poolId, clientId } = await poolWithUser(test, { pool: { AliasAttributes: ['email'] } })

    for (const name of ['ana', 'ana@example.com']) {
      const challenge = await start(test, clientId, name)
      const answer = await finish(test, clientId, proof(poolId, password, challenge))

      expect(challenge.ChallengeName).toBe('PASSWORD_VERIFIER')
      expect(challenge.ChallengeParameters.USER_ID_FOR_SRP).toBe('ana')
      expect(answer.AuthenticationResult.AccessToken).toBeDefined()
    }
  })

  it('refuses a wrong password, a replayed proof and a late one', async () => {
    const test = testCognito()
    const { poolId, clientId } = await poolWithUser(test)

    const wrong = proof(poolId, 'Wrong-one-1', await start(test, clientId, 'ana'))
    await expect(finish(test, clientId, wrong)).rejects.toMatchObject({
      message: 'Incorrect username or password.',
    })

    const right = proof(poolId, password, await start(test, clientId, 'ana'))
    await finish(test, clientId, right)
    await expect(finish(test, clientId, right)).rejects.toMatchObject({
      code: 'NotAuthorizedException',
    })

    const late = proof(poolId, password, await start(test, clientId, 'ana'))
    test.clock.advance(180_000)
    await expect(finish(test, clientId, late)).rejects.toMatchObject({
      message: 'Invalid session for the user, session is expired.',
    })
  })

  it('refuses A = 0 mod N, which would make every password right', async () => {
    const test = testCognito()
    const { clientId } = await poolWithUser(test)

    for (const A of ['0', N.toString(16), (2n * N).toString(16), 'no number']) {
      await expect(start(test, clientId, 'ana', A)).rejects.toMatchObject({
        code: 'InvalidParameterException',
      })
    }
  })

  it('gives unknown users a stable salt and refuses every proof, where existence is hidden', async () => {
    const test = testCognito()
    const { poolId, clientId } = await poolWithUser(test, {
      client: { PreventUserExistenceErrors: 'ENABLED' },
    })

    const first = await start(test, clientId, 'nobody')
    const second = await start(test, clientId, 'nobody')

    expect(second.ChallengeParameters.SALT).toBe(first.ChallengeParameters.SALT)
    expect(second.ChallengeParameters.SRP_B).not.toBe(first.ChallengeParameters.SRP_B)
    await expect(finish(test, clientId, proof(poolId, password, second))).rejects.toMatchObject({
      message: 'Incorrect username or password.',
    })
  })

  it('serves a user whose password was stored before a client used SRP', async () => {
    const test = testCognito()
    const { poolId, clientId } = await poolWithUser(test, {
      client: { ExplicitAuthFlows: ['ALLOW_USER_PASSWORD_AUTH', 'ALLOW_REFRESH_TOKEN_AUTH'] },
    })
    const { UserPoolClient } = await test.call('CreateUserPoolClient', {
      UserPoolId: poolId,
      ClientName: 'later',
    })
    await test.call('InitiateAuth', {
      ClientId: clientId,
      AuthFlow: 'USER_PASSWORD_AUTH',
      AuthParameters: { USERNAME: 'ana', PASSWORD: password },
    })

    const challenge = await start(test, UserPoolClient.ClientId, 'ana')
    const answer = await finish(test, UserPoolClient.ClientId, proof(poolId, password, challenge))

    expect(answer.AuthenticationResult.IdToken).toBeDefined()
  })
})
