import { describe, expect, it } from 'vitest'
import { unverifiedClaims, verifiedClaims } from './tokens/jwt.ts'
import { password, poolWithUser, signIn, testCognito } from './test-cognito.ts'

describe('signing in with a password', () => {
  it('gives tokens with exactly the claims that Cognito gives', async () => {
    const test = testCognito()
    const { poolId, clientId } = await poolWithUser(test)

    const answer = await signIn(test, clientId)

    const { AccessToken, IdToken } = answer.AuthenticationResult
    expect(answer).toEqual({
      ChallengeParameters: {},
      AuthenticationResult: {
        AccessToken: expect.any(String),
        IdToken: expect.any(String),
        RefreshToken: expect.any(String),
        TokenType: 'Bearer',
        ExpiresIn: 3600,
      },
    })
    const seconds = test.clock.now() / 1000
    expect(unverifiedClaims(AccessToken)).toEqual({
      sub: expect.stringMatching(/^[0-9a-f-]{36}$/),
      iss: `http://localhost:4566/${poolId}`,
      client_id: clientId,
      origin_jti: expect.any(String),
      event_id: expect.any(String),
      token_use: 'access',
      scope: 'aws.cognito.signin.user.admin',
      auth_time: seconds,
      exp: seconds + 3600,
      iat: seconds,
      jti: expect.any(String),
      username: 'ana',
    })
    expect(unverifiedClaims(IdToken)).toEqual({
      sub: unverifiedClaims(AccessToken)?.['sub'],
      aud: clientId,
      email: 'ana@example.com',
      email_verified: true,
      'cognito:username': 'ana',
      iss: `http://localhost:4566/${poolId}`,
      origin_jti: unverifiedClaims(AccessToken)?.['origin_jti'],
      event_id: unverifiedClaims(AccessToken)?.['event_id'],
      token_use: 'id',
      auth_time: seconds,
      exp: seconds + 3600,
      iat: seconds,
      jti: expect.any(String),
    })
  })

  it('signs id and access tokens with different keys that findIssuer lists', async () => {
    const test = testCognito()
    const { poolId, clientId } = await poolWithUser(test)
    const { AuthenticationResult: tokens } = await signIn(test, clientId)

    const forms = [
      `http://localhost:4566/${poolId}`,
      `https://cognito-idp.us-east-1.amazonaws.com/${poolId}`,
      `arn:aws:cognito-idp:us-east-1:000000000000:userpool/${poolId}`,
    ].map((form) => test.cognito.findIssuer(form))

    for (const issuer of forms) {
      const keysFor = (use: string) => issuer?.keys.filter(({ tokenUse }) => tokenUse === use) ?? []
      expect(verifiedClaims(tokens.IdToken, keysFor('id'))).toBeDefined()
      expect(verifiedClaims(tokens.AccessToken, keysFor('access'))).toBeDefined()
      expect(verifiedClaims(tokens.AccessToken, keysFor('id'))).toBeUndefined()
    }
    expect(test.cognito.findIssuer(`http://elsewhere/${poolId}`)).toBeUndefined()
  })

  it('asks for a new password after a temporary one', async () => {
    const test = testCognito()
    const { poolId, clientId } = await poolWithUser(test)
    await test.call('AdminCreateUser', {
      UserPoolId: poolId,
      Username: 'ben',
      TemporaryPassword: 'Temporary-1',
      MessageAction: 'SUPPRESS',
    })

    const challenge = await signIn(test, clientId, { USERNAME: 'ben', PASSWORD: 'Temporary-1' })
    const answer = await test.call('RespondToAuthChallenge', {
      ClientId: clientId,
      ChallengeName: challenge.ChallengeName,
      Session: challenge.Session,
      ChallengeResponses: { USERNAME: 'ben', NEW_PASSWORD: 'Chosen-by-ben-1' },
    })

    expect(challenge.ChallengeName).toBe('NEW_PASSWORD_REQUIRED')
    expect(answer.AuthenticationResult.IdToken).toBeDefined()
    const again = await signIn(test, clientId, { USERNAME: 'ben', PASSWORD: 'Chosen-by-ben-1' })
    expect(again.AuthenticationResult).toBeDefined()
    await expect(
      test.call('RespondToAuthChallenge', {
        ClientId: clientId,
        ChallengeName: challenge.ChallengeName,
        Session: challenge.Session,
        ChallengeResponses: { USERNAME: 'ben', NEW_PASSWORD: 'Another-one-1' },
      }),
    ).rejects.toMatchObject({
      code: 'NotAuthorizedException',
      message: 'Invalid session for the user, session can only be used once.',
    })
  })

  it('refreshes with the same origin_jti and another jti', async () => {
    const test = testCognito()
    const { clientId } = await poolWithUser(test)
    const { AuthenticationResult: first } = await signIn(test, clientId)
    test.clock.advance(60_000)

    const { AuthenticationResult: second } = await test.call('InitiateAuth', {
      ClientId: clientId,
      AuthFlow: 'REFRESH_TOKEN_AUTH',
      AuthParameters: { REFRESH_TOKEN: first.RefreshToken },
    })

    expect(second.RefreshToken).toBeUndefined()
    const [before, after] = [first.AccessToken, second.AccessToken].map(unverifiedClaims)
    expect(after?.['origin_jti']).toBe(before?.['origin_jti'])
    expect(after?.['auth_time']).toBe(before?.['auth_time'])
    expect(after?.['jti']).not.toBe(before?.['jti'])
  })

  it('signs up, confirms with the code from the outbox, and signs in', async () => {
    const test = testCognito()
    const { clientId } = await poolWithUser(test, { pool: { AutoVerifiedAttributes: ['email'] } })

    const signedUp = await test.call('SignUp', {
      ClientId: clientId,
      Username: 'carla',
      Password: password,
      UserAttributes: [{ Name: 'email', Value: 'carla@example.com' }],
    })

    expect(signedUp).toEqual({
      UserConfirmed: false,
      UserSub: expect.any(String),
      CodeDeliveryDetails: {
        AttributeName: 'email',
        DeliveryMedium: 'EMAIL',
        Destination: 'c***@e***',
      },
    })
    await expect(signIn(test, clientId, { USERNAME: 'carla' })).rejects.toMatchObject({
      code: 'UserNotConfirmedException',
    })
    await test.call('ConfirmSignUp', {
      ClientId: clientId,
      Username: 'carla',
      ConfirmationCode: test.cognito.outbox.lastCode('carla'),
    })
    const { AuthenticationResult } = await signIn(test, clientId, { USERNAME: 'carla' })
    const who = await test.call('GetUser', { AccessToken: AuthenticationResult.AccessToken })
    expect(who.UserAttributes).toContainEqual({ Name: 'email_verified', Value: 'true' })
  })
})

describe('tokens that no longer count', () => {
  it('are refused after a global sign-out, and a new sign-in works at once', async () => {
    const test = testCognito()
    const { clientId } = await poolWithUser(test)
    const { AuthenticationResult: old } = await signIn(test, clientId)

    await test.call('GlobalSignOut', { AccessToken: old.AccessToken })

    await expect(test.call('GetUser', { AccessToken: old.AccessToken })).rejects.toMatchObject({
      message: 'Access Token has been revoked',
    })
    const { AuthenticationResult: fresh } = await signIn(test, clientId)
    const who = await test.call('GetUser', { AccessToken: fresh.AccessToken })
    expect(who.Username).toBe('ana')
  })

  it('are refused once their refresh token was revoked, the others are not', async () => {
    const test = testCognito()
    const { clientId } = await poolWithUser(test)
    const { AuthenticationResult: one } = await signIn(test, clientId)
    const { AuthenticationResult: two } = await signIn(test, clientId)

    await test.call('RevokeToken', { ClientId: clientId, Token: one.RefreshToken })

    await expect(test.call('GetUser', { AccessToken: one.AccessToken })).rejects.toMatchObject({
      message: 'Access Token has been revoked',
    })
    await expect(
      test.call('InitiateAuth', {
        ClientId: clientId,
        AuthFlow: 'REFRESH_TOKEN_AUTH',
        AuthParameters: { REFRESH_TOKEN: one.RefreshToken },
      }),
    ).rejects.toMatchObject({ message: 'Refresh Token has been revoked' })
    expect((await test.call('GetUser', { AccessToken: two.AccessToken })).Username).toBe('ana')
  })

  it('are refused for good after the user was disabled', async () => {
    const test = testCognito()
    const { poolId, clientId } = await poolWithUser(test)
    const { AuthenticationResult: tokens } = await signIn(test, clientId)
    const user = { UserPoolId: poolId, Username: 'ana' }

    await test.call('AdminDisableUser', user)
    await expect(signIn(test, clientId)).rejects.toMatchObject({ message: 'User is disabled.' })
    await test.call('AdminEnableUser', user)

    await expect(test.call('GetUser', { AccessToken: tokens.AccessToken })).rejects.toMatchObject({
      message: 'Access Token has been revoked',
    })
    expect((await signIn(test, clientId)).AuthenticationResult).toBeDefined()
  })

  it('are refused when expired, forged, of another use, or of another pool', async () => {
    const test = testCognito()
    const { clientId } = await poolWithUser(test)
    const { AuthenticationResult: tokens } = await signIn(test, clientId)
    const [header = '', body = '', signature = ''] = tokens.AccessToken.split('.')
    const none = Buffer.from(JSON.stringify({ alg: 'none' })).toString('base64url')
    const claims = unverifiedClaims(tokens.AccessToken)
    const changed = Buffer.from(JSON.stringify({ ...claims, username: 'root' })).toString(
      'base64url',
    )
    const elsewhere = testCognito({ store: test.store })
    const other = await poolWithUser(elsewhere)
    const { AuthenticationResult: foreign } = await signIn(elsewhere, other.clientId)
    const foreignSignature = foreign.AccessToken.split('.')[2]

    const forged = [
      `${none}.${body}.`,
      `${header}.${changed}.${signature}`,
      `${header}.${body}.${foreignSignature}`,
      tokens.IdToken,
      'nonsense',
      `${header}.${body}`,
    ]

    for (const AccessToken of forged) {
      await expect(test.call('GetUser', { AccessToken })).rejects.toMatchObject({
        code: 'NotAuthorizedException',
        message: 'Invalid Access Token',
      })
    }
    test.clock.advance(3_600_000)
    await expect(test.call('GetUser', { AccessToken: tokens.AccessToken })).rejects.toMatchObject({
      message: 'Access Token has expired',
    })
  })
})

describe('failures', () => {
  it('lock for 2^(n-5) seconds from the fifth on, and a success resets', async () => {
    const test = testCognito()
    const { clientId } = await poolWithUser(test)
    const wrong = () => signIn(test, clientId, { PASSWORD: 'wrong' })

    for (let failure = 1; failure <= 5; failure++) {
      await expect(wrong()).rejects.toMatchObject({ message: 'Incorrect username or password.' })
    }

    await expect(signIn(test, clientId)).rejects.toMatchObject({
      message: 'Password attempts exceeded',
    })
    test.clock.advance(1000)
    await expect(wrong()).rejects.toMatchObject({ message: 'Incorrect username or password.' })
    test.clock.advance(1999)
    await expect(wrong()).rejects.toMatchObject({ message: 'Password attempts exceeded' })
    test.clock.advance(1)
    expect((await signIn(test, clientId)).AuthenticationResult).toBeDefined()
    await expect(wrong()).rejects.toMatchObject({ message: 'Incorrect username or password.' })
    expect((await signIn(test, clientId)).AuthenticationResult).toBeDefined()
  })

  it('tell nothing of who exists where the client hides it', async () => {
    const test = testCognito()
    const { clientId } = await poolWithUser(test, {
      client: { PreventUserExistenceErrors: 'ENABLED' },
    })

    const known = await signIn(test, clientId, { PASSWORD: 'wrong' }).catch((e: unknown) => e)
    const unknown = await signIn(test, clientId, { USERNAME: 'nobody' }).catch((e: unknown) => e)
    const reset = await test.call('ForgotPassword', { ClientId: clientId, Username: 'nobody' })

    expect(unknown).toEqual(known)
    expect(reset.CodeDeliveryDetails.Destination).toMatch(/^[a-z]\*\*\*@[a-z]\*\*\*$/)
  })
})
