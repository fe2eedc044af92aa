import { describe, expect, it } from 'vitest'
import { unverifiedClaims } from './tokens/jwt.ts'
import { password, poolWithUser, signIn, testCognito, type Answer } from './test-cognito.ts'

const functionArn = (name: string): string =>
  `arn:aws:lambda:us-east-1:000000000000:function:${name}`

describe('triggers', () => {
  it('confirm a sign-up at once, and refuse one with the function’s own words', async () => {
    const events: string[] = []
    const test = testCognito({
      triggers: {
        [functionArn('pre')]: (event) => {
          events.push(event.triggerSource)
          if (event.userName === 'mallory') throw new Error('Not on the list')
          event.response.autoConfirmUser = true
          event.response.autoVerifyEmail = true
          return event
        },
        [functionArn('post')]: (event) => {
          events.push(event.triggerSource)
          return event
        },
      },
    })
    const { clientId } = await poolWithUser(test, {
      pool: {
        LambdaConfig: { PreSignUp: functionArn('pre'), PostConfirmation: functionArn('post') },
      },
    })
    const signUp = (Username: string) =>
      test.call('SignUp', {
        ClientId: clientId,
        Username,
        Password: password,
        UserAttributes: [{ Name: 'email', Value: `${Username}@example.com` }],
      })

    const answer = await signUp('dora')

    expect(answer.UserConfirmed).toBe(true)
    expect(events).toEqual([
      'PreSignUp_AdminCreateUser',
      'PreSignUp_SignUp',
      'PostConfirmation_ConfirmSignUp',
    ])
    await expect(signUp('mallory')).rejects.toMatchObject({
      code: 'UserLambdaValidationException',
      message: 'PreSignUp failed with error Not on the list.',
    })
    const { AuthenticationResult } = await signIn(test, clientId, { USERNAME: 'dora' })
    expect(unverifiedClaims(AuthenticationResult.IdToken)?.['email_verified']).toBe(true)
  })

  it('change both tokens (V2), never what a token is for', async () => {
    const test = testCognito({
      triggers: {
        [functionArn('claims')]: (event) => ({
          ...event,
          response: {
            claimsAndScopeOverrideDetails: {
              idTokenGeneration: {
                claimsToAddOrOverride: { shop: 12, sub: 'root' },
                claimsToSuppress: ['email'],
              },
              accessTokenGeneration: {
                claimsToAddOrOverride: { tenant: 'north', username: 'root' },
                scopesToAdd: ['orders/read'],
              },
              groupOverrideDetails: { groupsToOverride: ['clerks'] },
            },
          },
        }),
      },
    })
    const { clientId } = await poolWithUser(test, {
      pool: {
        LambdaConfig: {
          PreTokenGenerationConfig: { LambdaVersion: 'V2_0', LambdaArn: functionArn('claims') },
        },
      },
    })

    const { AuthenticationResult } = await signIn(test, clientId)

    const id = unverifiedClaims(AuthenticationResult.IdToken)
    const access = unverifiedClaims(AuthenticationResult.AccessToken)
    expect(id).toMatchObject({ shop: 12, 'cognito:groups': ['clerks'] })
    expect(id).not.toHaveProperty('email')
    expect(id?.['sub']).not.toBe('root')
    expect(access).toMatchObject({
      tenant: 'north',
      username: 'ana',
      scope: 'aws.cognito.signin.user.admin orders/read',
      'cognito:groups': ['clerks'],
    })
  })

  it('define a sign-in of their own', async () => {
    const seen: unknown[] = []
    const test = testCognito({
      triggers: {
        [functionArn('define')]: (event) => {
          seen.push(event.request.session)
          const last = event.request.session.at(-1)
          event.response.issueTokens = last?.challengeResult === true
          event.response.failAuthentication = event.request.session.length > 2
          event.response.challengeName = 'CUSTOM_CHALLENGE'
          return event
        },
        [functionArn('create')]: (event) => {
          event.response.publicChallengeParameters = { question: 'six times nine' }
          event.response.privateChallengeParameters = { answer: '42' }
          event.response.challengeMetadata = 'SUM'
          return event
        },
        [functionArn('verify')]: (event) => {
          const { privateChallengeParameters, challengeAnswer } = event.request
          event.response.answerCorrect = privateChallengeParameters.answer === challengeAnswer
          return event
        },
      },
    })
    const { clientId } = await poolWithUser(test, {
      pool: {
        LambdaConfig: {
          DefineAuthChallenge: functionArn('define'),
          CreateAuthChallenge: functionArn('create'),
          VerifyAuthChallengeResponse: functionArn('verify'),
        },
      },
    })
    const answer = (Session: string, ANSWER: string) =>
      test.call('RespondToAuthChallenge', {
        ClientId: clientId,
        ChallengeName: 'CUSTOM_CHALLENGE',
        Session,
        ChallengeResponses: { USERNAME: 'ana', ANSWER },
      })

    const first = await test.call('InitiateAuth', {
      ClientId: clientId,
      AuthFlow: 'CUSTOM_AUTH',
      AuthParameters: { USERNAME: 'ana' },
    })
    const second = await answer(first.Session, '54')
    const done = await answer(second.Session, '42')

    expect(first.ChallengeParameters).toEqual({ USERNAME: 'ana', question: 'six times nine' })
    expect(done.AuthenticationResult.AccessToken).toBeDefined()
    expect(seen.at(-1)).toEqual([
      { challengeName: 'CUSTOM_CHALLENGE', challengeResult: false, challengeMetadata: 'SUM' },
      { challengeName: 'CUSTOM_CHALLENGE', challengeResult: true, challengeMetadata: 'SUM' },
    ])
    await expect(answer(first.Session, '42')).rejects.toMatchObject({
      message: 'Invalid session for the user, session can only be used once.',
    })
  })

  it('bring users over from an older directory at their first sign-in', async () => {
    const test = testCognito({
      triggers: {
        [functionArn('migrate')]: (event) => {
          if (event.userName !== 'otto' || event.request.password !== password) {
            throw new Error('Bad password')
          }
          event.response.userAttributes = { email: 'otto@example.com', email_verified: 'true' }
          event.response.finalUserStatus = 'CONFIRMED'
          event.response.messageAction = 'SUPPRESS'
          return event
        },
      },
    })
    const { poolId, clientId } = await poolWithUser(test, {
      pool: { LambdaConfig: { UserMigration: functionArn('migrate') } },
    })

    const answer = await signIn(test, clientId, { USERNAME: 'otto' })

    expect(answer.AuthenticationResult.AccessToken).toBeDefined()
    const stored = await test.call('AdminGetUser', { UserPoolId: poolId, Username: 'otto' })
    expect(stored.UserStatus).toBe('CONFIRMED')
    await expect(signIn(test, clientId, { USERNAME: 'nobody' })).rejects.toMatchObject({
      code: 'UserNotFoundException',
    })
  })

  it('rewrite messages', async () => {
    const test = testCognito({
      triggers: {
        [functionArn('message')]: (event) => {
          event.response.emailSubject = 'Welcome'
          event.response.emailMessage = `Type ${event.request.codeParameter}`
          return event
        },
      },
    })
    const { clientId } = await poolWithUser(test, {
      pool: {
        AutoVerifiedAttributes: ['email'],
        LambdaConfig: { CustomMessage: functionArn('message') },
      },
    })

    await test.call('SignUp', {
      ClientId: clientId,
      Username: 'eva',
      Password: password,
      UserAttributes: [{ Name: 'email', Value: 'eva@example.com' }],
    })

    const [message] = test.cognito.outbox.list()
    expect(message).toMatchObject({ subject: 'Welcome', destination: 'eva@example.com' })
    expect(message?.body).toBe(`Type ${message?.code}`)
  })

  it('are told of a sign-in before and after, and can forbid it', async () => {
    const events: Answer[] = []
    const test = testCognito({
      triggers: {
        [functionArn('before')]: (event) => {
          events.push(event)
          if (event.request.validationData?.machine === 'stolen') throw new Error('Not from there')
          return event
        },
        [functionArn('after')]: (event) => {
          events.push(event)
          return event
        },
      },
    })
    const { clientId } = await poolWithUser(test, {
      pool: {
        LambdaConfig: {
          PreAuthentication: functionArn('before'),
          PostAuthentication: functionArn('after'),
        },
      },
    })

    await signIn(test, clientId)

    expect(events.map(({ triggerSource }) => triggerSource as string)).toEqual([
      'PreAuthentication_Authentication',
      'PostAuthentication_Authentication',
    ])
    expect(events[1]).toMatchObject({
      userName: 'ana',
      callerContext: { clientId },
      request: {
        newDeviceUsed: false,
        userAttributes: { email: 'ana@example.com', 'cognito:user_status': 'CONFIRMED' },
      },
    })
    await expect(
      test.call('InitiateAuth', {
        ClientId: clientId,
        AuthFlow: 'USER_PASSWORD_AUTH',
        AuthParameters: { USERNAME: 'ana', PASSWORD: password },
        ClientMetadata: { machine: 'stolen' },
      }),
    ).rejects.toMatchObject({
      code: 'UserLambdaValidationException',
      message: 'PreAuthentication failed with error Not from there.',
    })
    expect(events).toHaveLength(3)
  })

  it('change the id token alone (V1)', async () => {
    const test = testCognito({
      triggers: {
        [functionArn('claims')]: (event) => {
          event.response.claimsOverrideDetails = {
            claimsToAddOrOverride: { team: 'north', sub: 'root' },
            claimsToSuppress: ['email'],
            groupOverrideDetails: { groupsToOverride: ['guests'] },
          }
          return event
        },
      },
    })
    const { clientId } = await poolWithUser(test, {
      pool: { LambdaConfig: { PreTokenGeneration: functionArn('claims') } },
    })

    const { AuthenticationResult } = await signIn(test, clientId)

    const [id, access] = [AuthenticationResult.IdToken, AuthenticationResult.AccessToken].map(
      (token: string) => unverifiedClaims(token),
    )
    expect(id).toMatchObject({ team: 'north', 'cognito:groups': ['guests'] })
    expect(id).not.toHaveProperty('email')
    expect(id?.['sub']).not.toBe('root')
    expect(access).not.toHaveProperty('team')
  })

  it('send e-mail instead of the pool', async () => {
    const events: Answer[] = []
    const test = testCognito({
      triggers: {
        [functionArn('sender')]: (event) => {
          events.push(event)
          return event
        },
      },
    })
    const { clientId } = await poolWithUser(test, {
      pool: {
        LambdaConfig: {
          CustomEmailSender: { LambdaArn: functionArn('sender'), LambdaVersion: 'V1_0' },
          KMSKeyID: 'arn:aws:kms:us-east-1:000000000000:key/00000000-0000-0000-0000-000000000000',
        },
      },
    })

    await test.call('ForgotPassword', { ClientId: clientId, Username: 'ana' })

    expect(events).toMatchObject([
      {
        triggerSource: 'CustomEmailSender_ForgotPassword',
        request: {
          type: 'customEmailSenderRequestV1',
          userAttributes: { email: 'ana@example.com' },
        },
      },
    ])
    expect(Buffer.from(events[0]?.request.code, 'base64').toString()).toMatch(/^\d{6}$/)
    expect(test.cognito.outbox.list()).toEqual([])
  })
})
