import { createHmac } from 'node:crypto'
import {
  AdminCreateUserCommand,
  AdminInitiateAuthCommand,
  ConfirmForgotPasswordCommand,
  ConfirmSignUpCommand,
  ForgotPasswordCommand,
  GetTokensFromRefreshTokenCommand,
  GetUserCommand,
  GlobalSignOutCommand,
  InitiateAuthCommand,
  RespondToAuthChallengeCommand,
  RevokeTokenCommand,
  SignUpCommand,
} from '@aws-sdk/client-cognito-identity-provider'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { password, refusal, startUserPools, type UserPools } from './user-pools.ts'

let pools: UserPools
beforeAll(async () => {
  pools = await startUserPools()
})
afterAll(() => pools.stop())

describe('signing in', () => {
  it('by password, by an administrator, and by refresh', async () => {
    const { UserPoolId, ClientId } = await pools.pool()

    const first = await pools.signIn(ClientId)
    const byAdmin = await pools.client.send(
      new AdminInitiateAuthCommand({
        UserPoolId,
        ClientId,
        AuthFlow: 'ADMIN_USER_PASSWORD_AUTH',
        AuthParameters: { USERNAME: 'ana', PASSWORD: password },
      }),
    )
    const refreshed = await pools.client.send(
      new InitiateAuthCommand({
        ClientId,
        AuthFlow: 'REFRESH_TOKEN_AUTH',
        AuthParameters: { REFRESH_TOKEN: first.AuthenticationResult?.RefreshToken ?? '' },
      }),
    )

    expect(first.AuthenticationResult?.ExpiresIn).toBe(3600)
    expect(byAdmin.AuthenticationResult?.IdToken).toBeDefined()
    expect(refreshed.AuthenticationResult?.RefreshToken).toBeUndefined()
    const who = await pools.client.send(
      new GetUserCommand({ AccessToken: refreshed.AuthenticationResult?.AccessToken }),
    )
    expect(who.Username).toBe('ana')
  })

  it('with a temporary password asks for a new one', async () => {
    const { UserPoolId, ClientId } = await pools.pool()
    await pools.client.send(
      new AdminCreateUserCommand({
        UserPoolId,
        Username: 'ben',
        TemporaryPassword: 'Temporary-1',
        UserAttributes: [{ Name: 'email', Value: 'ben@example.com' }],
      }),
    )

    const challenge = await pools.signIn(ClientId, 'ben', 'Temporary-1')
    const answer = await pools.client.send(
      new RespondToAuthChallengeCommand({
        ClientId,
        ChallengeName: challenge.ChallengeName,
        Session: challenge.Session,
        ChallengeResponses: { USERNAME: 'ben', NEW_PASSWORD: 'Chosen-by-ben-1' },
      }),
    )

    expect(pools.outbox.lastCode('ben')).toBe('Temporary-1')
    expect(challenge.ChallengeName).toBe('NEW_PASSWORD_REQUIRED')
    expect(answer.AuthenticationResult?.AccessToken).toBeDefined()
  })

  it('after a sign-up and its code; a forgotten password gets a new one', async () => {
    const { ClientId } = await pools.pool({ pool: { AutoVerifiedAttributes: ['email'] } })
    const signUp = await pools.client.send(
      new SignUpCommand({
        ClientId,
        Username: 'carla',
        Password: password,
        UserAttributes: [{ Name: 'email', Value: 'carla@example.com' }],
      }),
    )
    expect(signUp.CodeDeliveryDetails?.Destination).toBe('c***@e***')
    const confirm = (ConfirmationCode: string) =>
      pools.client.send(new ConfirmSignUpCommand({ ClientId, Username: 'carla', ConfirmationCode }))

    expect(await refusal(confirm('wrong'))).toBe(
      'CodeMismatchException: Invalid verification code provided, please try again.',
    )
    await confirm(pools.outbox.lastCode('carla') ?? '')
    expect((await pools.signIn(ClientId, 'carla')).AuthenticationResult).toBeDefined()

    await pools.client.send(new ForgotPasswordCommand({ ClientId, Username: 'carla' }))
    await pools.client.send(
      new ConfirmForgotPasswordCommand({
        ClientId,
        Username: 'carla',
        ConfirmationCode: pools.outbox.lastCode('carla'),
        Password: 'Another-one-2',
      }),
    )
    expect(await refusal(pools.signIn(ClientId, 'carla'))).toBe(
      'NotAuthorizedException: Incorrect username or password.',
    )
    const again = await pools.signIn(ClientId, 'carla', 'Another-one-2')
    expect(again.AuthenticationResult).toBeDefined()
  })

  it('needs the secret hash of a client that has a secret', async () => {
    const { ClientId, secret } = await pools.pool({ client: { GenerateSecret: true } })
    const hash = createHmac('sha256', secret).update(`ana${ClientId}`).digest('base64')
    const signIn = (SECRET_HASH?: string) =>
      pools.client.send(
        new InitiateAuthCommand({
          ClientId,
          AuthFlow: 'USER_PASSWORD_AUTH',
          AuthParameters: {
            USERNAME: 'ana',
            PASSWORD: password,
            ...(SECRET_HASH === undefined ? {} : { SECRET_HASH }),
          },
        }),
      )

    expect(await refusal(signIn())).toBe(
      `NotAuthorizedException: Client ${ClientId} is configured with secret but SECRET_HASH was not received`,
    )
    expect(await refusal(signIn('bm90IGl0'))).toBe(
      `NotAuthorizedException: Unable to verify secret hash for client ${ClientId}`,
    )
    expect((await signIn(hash)).AuthenticationResult?.IdToken).toBeDefined()
  })
})

describe('signing out', () => {
  it('everywhere, or of one sign-in', async () => {
    const { ClientId } = await pools.pool()
    const tokens = async () => (await pools.signIn(ClientId)).AuthenticationResult
    const getUser = (AccessToken: string | undefined) =>
      pools.client.send(new GetUserCommand({ AccessToken }))
    const one = await tokens()
    const two = await tokens()

    await pools.client.send(new RevokeTokenCommand({ ClientId, Token: one?.RefreshToken }))
    expect(await refusal(getUser(one?.AccessToken))).toBe(
      'NotAuthorizedException: Access Token has been revoked',
    )
    expect((await getUser(two?.AccessToken)).Username).toBe('ana')

    await pools.client.send(new GlobalSignOutCommand({ AccessToken: two?.AccessToken }))
    expect(await refusal(getUser(two?.AccessToken))).toBe(
      'NotAuthorizedException: Access Token has been revoked',
    )
  })

  it('comes with each refresh, where refresh tokens rotate', async () => {
    const { ClientId } = await pools.pool({
      client: {
        ExplicitAuthFlows: ['ALLOW_USER_PASSWORD_AUTH'],
        RefreshTokenRotation: { Feature: 'ENABLED', RetryGracePeriodSeconds: 0 },
      },
    })
    const first = (await pools.signIn(ClientId)).AuthenticationResult?.RefreshToken
    const refresh = (RefreshToken: string | undefined) =>
      pools.client.send(new GetTokensFromRefreshTokenCommand({ ClientId, RefreshToken }))

    const second = (await refresh(first)).AuthenticationResult?.RefreshToken

    expect(await refusal(refresh(first))).toMatch(/^RefreshTokenReuseException/)
    expect((await refresh(second)).AuthenticationResult?.AccessToken).toBeDefined()
  })
})
