import { beforeAll, describe, expect, it } from 'vitest'
import { poolWithUser, signIn, testCognito, type TestCognito } from './test-cognito.ts'

/** "Managing user existence error responses": a client that hides who exists answers alike for everyone. */
let test: TestCognito
let poolId: string
let clientId: string
const hiding = { client: { PreventUserExistenceErrors: 'ENABLED' } }

beforeAll(async () => {
  test = testCognito()
  ;({ poolId, clientId } = await poolWithUser(test, hiding))
})

/** The answer without what is different each time, or the error's code and sentence. */
async function outcome(name: string, input: object): Promise<unknown> {
  try {
    return await test.call(name, { ClientId: clientId, ...input })
  } catch (error) {
    const { code, message } = error as { code: string; message: string }
    return { code, message }
  }
}

/** What a series of calls answers for a name. */
async function series(name: string, calls: readonly (readonly [string, object])[]) {
  const outcomes: unknown[] = []
  for (const [operation, input] of calls) {
    outcomes.push(await outcome(operation, { ...input, Username: name }))
  }
  return outcomes
}

const wrongReset = (Password = 'Another-one-2') =>
  ['ConfirmForgotPassword', { ConfirmationCode: '000000', Password }] as const
const forgot = ['ForgotPassword', {}] as const
const times = <T>(count: number, each: T): T[] => Array.from({ length: count }, () => each)

describe('names that nobody has', () => {
  it('fail to sign in with the same words', async () => {
    const answers = await Promise.all(
      ['ana', 'nobody'].map((USERNAME) =>
        outcome('InitiateAuth', {
          AuthFlow: 'USER_PASSWORD_AUTH',
          AuthParameters: { USERNAME, PASSWORD: 'wrong' },
        }),
      ),
    )

    expect(answers[1]).toEqual(answers[0])
    expect(answers[0]).toEqual({
      code: 'NotAuthorizedException',
      message: 'Incorrect username or password.',
    })
  })

  it('are offered the same ways of signing in, and an SRP exchange of the same form', async () => {
    const forms = await Promise.all(
      ['ana', 'nobody'].map(async (USERNAME) => {
        const choice = await test.call('InitiateAuth', {
          ClientId: clientId,
          AuthFlow: 'USER_AUTH',
          AuthParameters: { USERNAME },
        })
        const { ChallengeParameters: srp } = await test.call('InitiateAuth', {
          ClientId: clientId,
          AuthFlow: 'USER_SRP_AUTH',
          AuthParameters: { USERNAME, SRP_A: 'abcdef0123456789' },
        })
        return {
          choice: { ...choice, Session: typeof choice.Session },
          names: Object.keys(srp),
          echoed: srp.USERNAME === USERNAME && srp.USER_ID_FOR_SRP === USERNAME,
          saltBytes: Math.abs(srp.SALT.length - 32) <= 2,
        }
      }),
    )

    expect(forms[1]).toEqual(forms[0])
  })

  it('are sent as many codes, and run out of tries, as users do', async () => {
    const calls = [
      wrongReset(),
      forgot,
      wrongReset('short'),
      ...times(6, wrongReset()),
      forgot,
      wrongReset(),
      ...times(19, forgot),
    ]

    const known = await series('ana', calls)
    const unknown = await series('nobody', calls)

    const masked = (outcomes: unknown[]): unknown[] =>
      JSON.parse(JSON.stringify(outcomes).replaceAll(/[a-z]\*\*\*@[a-z]\*\*\*/g, 'masked'))
    expect(masked(unknown)).toEqual(masked(known))
    const codes = known.map((each) => (each as { code?: string }).code ?? 'sent')
    expect(codes.slice(0, 11)).toEqual([
      'CodeMismatchException',
      'sent',
      'InvalidPasswordException',
      ...times(5, 'CodeMismatchException'),
      'LimitExceededException',
      'sent',
      'CodeMismatchException',
    ])
    expect(codes.at(-2)).toBe('sent')
    expect(codes.at(-1)).toBe('LimitExceededException')
  })

  it('expire their codes without a word, as users’ codes do', async () => {
    test.clock.advance(2 * 3_600_000)
    const known = await series('ana', [forgot])
    await series('nobody', [forgot])
    test.clock.advance(3_600_000)

    expect(known[0]).toMatchObject({ CodeDeliveryDetails: { AttributeName: 'email' } })
    expect(await series('ana', [wrongReset()])).toEqual(await series('nobody', [wrongReset()]))
  })

  it('are shown an address that does not change, whatever the letters’ case', async () => {
    const other = testCognito()
    const { clientId: app } = await poolWithUser(other, {
      ...hiding,
      pool: { UsernameConfiguration: { CaseSensitive: false } },
    })
    const addressFor = async (Username: string): Promise<string> =>
      (await other.call('ForgotPassword', { ClientId: app, Username })).CodeDeliveryDetails
        .Destination

    const addresses = [await addressFor('nobody'), await addressFor('NoBody')]

    expect(addresses[1]).toBe(addresses[0])
    expect(await addressFor('zoe@yahoo.example')).toBe('z***@y***')
  })

  it('are told of a sign-up what users are told who have nothing to confirm', async () => {
    const calls = [
      ['ResendConfirmationCode', {}],
      ['ConfirmSignUp', { ConfirmationCode: '000000' }],
    ] as const

    const known = await series('ana', calls)
    const unknown = await series('nobody', calls)

    const shown = (Destination: unknown) => ({
      CodeDeliveryDetails: { AttributeName: 'email', DeliveryMedium: 'EMAIL', Destination },
    })
    expect(known).toMatchObject([shown('a***@e***'), { code: 'ExpiredCodeException' }])
    expect(unknown).toMatchObject([shown(expect.stringMatching(/^.\*{3}@.\*{3}$/)), known[1]])
    expect(test.cognito.outbox.list().filter(({ occasion }) => /Resend/.test(occasion))).toEqual([])
  })

  it('are shown one address, and count messages together, whatever asks for one: as users', async () => {
    const asking = testCognito()
    const { clientId: app } = await poolWithUser(asking, {
      ...hiding,
      pool: { AutoVerifiedAttributes: ['email'] },
    })
    await asking.call('SignUp', {
      ClientId: app,
      Username: 'carla',
      Password: 'Correct-horse-7',
      UserAttributes: [{ Name: 'email', Value: 'carla@example.com' }],
    })

    const askFor = (name: string, Username: string) =>
      asking.call(name, { ClientId: app, Username }).catch(({ code }) => code as string)
    for (const Username of ['ana', 'nobody']) {
      await Promise.all(times(18, 'ForgotPassword').map((name) => askFor(name, Username)))
    }
    for (const Username of ['ana', 'carla', 'nobody']) {
      const [forgotten, resent] = await Promise.all(
        ['ForgotPassword', 'ResendConfirmationCode'].map((name) => askFor(name, Username)),
      )
      expect(resent).toEqual(forgotten)
      expect(resent).toHaveProperty('CodeDeliveryDetails')
    }
    const last = await Promise.all(
      ['ana', 'nobody'].map((name) => askFor('ResendConfirmationCode', name)),
    )
    expect(last).toEqual(times(2, 'LimitExceededException'))
  })

  it('have e-mail addresses as users have, and refuse every code that was sent there', async () => {
    const choosing = testCognito()
    const { clientId: app } = await poolWithUser(choosing, {
      ...hiding,
      pool: { Policies: { SignInPolicy: { AllowedFirstAuthFactors: ['PASSWORD', 'EMAIL_OTP'] } } },
    })
    const names = ['ana', ...Array.from({ length: 24 }, (_, at) => `nobody-${at}`)]
    const begin = (USERNAME: string, more: object = {}) =>
      choosing.call('InitiateAuth', {
        ClientId: app,
        AuthFlow: 'USER_AUTH',
        AuthParameters: { USERNAME, ...more },
      })
    const offers = await Promise.all(names.map(async (name) => [name, await begin(name)] as const))
    const withMail = offers.filter(([, { AvailableChallenges: offered }]) =>
      offered.includes('EMAIL_OTP'),
    )
    expect(withMail.length).toBeGreaterThan(1)
    expect(withMail.length).toBeLessThan(names.length)

    const refusals = await Promise.all(
      withMail.slice(0, 2).map(async ([USERNAME]) => {
        const sent = await begin(USERNAME, { PREFERRED_CHALLENGE: 'EMAIL_OTP' })
        const answer = choosing.call('RespondToAuthChallenge', {
          ClientId: app,
          ChallengeName: 'EMAIL_OTP',
          Session: sent.Session,
          ChallengeResponses: { USERNAME, EMAIL_OTP_CODE: 'wrong' },
        })
        return [
          { ...sent, Session: '', ChallengeParameters: Object.keys(sent.ChallengeParameters) },
          await answer.catch(({ code, message }) => ({ code, message })),
        ]
      }),
    )

    expect(refusals[1]).toEqual(refusals[0])
    expect(refusals[0]?.[1]).toMatchObject({ code: 'CodeMismatchException' })
  })

  it('are told apart where the client asks for it', async () => {
    const { UserPoolClient } = await test.call('CreateUserPoolClient', {
      UserPoolId: poolId,
      ClientName: 'legacy',
      ExplicitAuthFlows: ['ALLOW_USER_PASSWORD_AUTH'],
      PreventUserExistenceErrors: 'LEGACY',
    })

    await expect(
      signIn(test, UserPoolClient.ClientId, { USERNAME: 'nobody' }),
    ).rejects.toMatchObject({ code: 'UserNotFoundException', message: 'User does not exist.' })
  })
})
