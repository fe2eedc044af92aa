import { createHmac } from 'node:crypto'
import { beforeAll, describe, expect, it } from 'vitest'
import { password, poolWithUser, testCognito, type TestCognito } from './test-cognito.ts'

let test: TestCognito
let clientId: string
let secret: string

beforeAll(async () => {
  test = testCognito()
  const made = await poolWithUser(test, {
    pool: { AutoVerifiedAttributes: ['email'] },
    client: { GenerateSecret: true },
  })
  clientId = made.clientId
  secret = made.client.ClientSecret
})

const hashFor = (name: string, key = secret): string =>
  createHmac('sha256', key).update(`${name}${clientId}`).digest('base64')

const inParameters = (flow: string, parameters: object) => (SECRET_HASH?: string) => ({
  AuthFlow: flow,
  AuthParameters: { USERNAME: 'ana', ...parameters, ...(SECRET_HASH && { SECRET_HASH }) },
})
const beside = (input: object) => (SecretHash?: string) => ({
  Username: 'ana',
  ...input,
  ...(SecretHash && { SecretHash }),
})

/** Every operation that a client with a secret has to prove it for. */
const asking: readonly (readonly [string, string, (hash?: string) => object])[] = [
  ['InitiateAuth', 'password', inParameters('USER_PASSWORD_AUTH', { PASSWORD: password })],
  ['InitiateAuth', 'SRP', inParameters('USER_SRP_AUTH', { SRP_A: 'abcdef0123456789' })],
  ['InitiateAuth', 'choice', inParameters('USER_AUTH', {})],
  ['ForgotPassword', '', beside({})],
  ['ConfirmForgotPassword', '', beside({ ConfirmationCode: '000000', Password: password })],
  ['ResendConfirmationCode', '', beside({})],
  ['ConfirmSignUp', '', beside({ ConfirmationCode: '000000' })],
  ['SignUp', '', beside({ Password: password })],
]

describe('a client with a secret', () => {
  it.each(asking)('%s (%s) needs the hash, and the right one', async (operation, _, input) => {
    const call = (hash?: string) => test.call(operation, { ClientId: clientId, ...input(hash) })

    await expect(call()).rejects.toMatchObject({
      code: 'NotAuthorizedException',
      message: `Client ${clientId} is configured with secret but SECRET_HASH was not received`,
    })
    for (const wrong of [hashFor('ben'), hashFor('ana', 'another secret'), 'x', 'AAAA']) {
      await expect(call(wrong)).rejects.toMatchObject({
        code: 'NotAuthorizedException',
        message: `Unable to verify secret hash for client ${clientId}`,
      })
    }
    const right: unknown = await call(hashFor('ana')).catch((error: unknown) => error)
    expect(String(right)).not.toMatch(/secret/i)
  })

  it('proves it with answers to challenges, and with the secret itself when revoking', async () => {
    const challenge = await test.call('InitiateAuth', {
      ClientId: clientId,
      ...inParameters('USER_AUTH', {})(hashFor('ana')),
    })
    const answer = (SECRET_HASH: string) =>
      test.call('RespondToAuthChallenge', {
        ClientId: clientId,
        ChallengeName: 'SELECT_CHALLENGE',
        Session: challenge.Session,
        ChallengeResponses: {
          USERNAME: 'ana',
          ANSWER: 'PASSWORD',
          PASSWORD: password,
          ...(SECRET_HASH === '' ? {} : { SECRET_HASH }),
        },
      })
    await expect(answer('')).rejects.toMatchObject({ message: /was not received/ })
    await expect(answer(hashFor('ben'))).rejects.toMatchObject({ message: /Unable to verify/ })
    const { AuthenticationResult } = await answer(hashFor('ana'))
    const revoke = (ClientSecret?: string) =>
      test.call('RevokeToken', {
        ClientId: clientId,
        Token: AuthenticationResult.RefreshToken,
        ...(ClientSecret && { ClientSecret }),
      })

    await expect(revoke()).rejects.toMatchObject({ code: 'UnauthorizedException' })
    await expect(
      revoke(secret.replace(/./, (first) => (first === 'a' ? 'b' : 'a'))),
    ).rejects.toMatchObject({ code: 'UnauthorizedException' })
    await expect(revoke(secret)).resolves.toEqual({})
  })
})
