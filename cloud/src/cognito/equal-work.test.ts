import { DiffieHellman } from 'node:crypto'
import * as argon2 from '@node-rs/argon2'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { openMemoryStore } from '../storage/index.ts'
import {
  password,
  poolWithUser,
  signIn,
  testCognito,
  type Answer,
  type TestCognito,
} from './test-cognito.ts'

/**
 * Where a client hides who exists, a name that nobody has must take as long as one that somebody has. What takes time
 * is counted instead of timed: powers of 3072-bit numbers, argon2id hashes, and transactions.
 */
vi.mock('@node-rs/argon2', async (load) => {
  const real = await load<typeof argon2>()
  return { ...real, hash: vi.fn(real.hash), verify: vi.fn(real.verify) }
})
const powers = [
  vi.spyOn(DiffieHellman.prototype, 'generateKeys'),
  vi.spyOn(DiffieHellman.prototype, 'computeSecret'),
]
const hashes = [vi.mocked(argon2.hash), vi.mocked(argon2.verify)]
const calls = (counted: readonly { mock: { calls: readonly unknown[] } }[]): number =>
  counted.reduce((sum, { mock }) => sum + mock.calls.length, 0)

afterEach(() => void vi.clearAllMocks())

type Work = { readonly powers: number; readonly hashes: number; readonly transactions: number }
type Scene = {
  readonly test: TestCognito
  readonly call: (operation: string, input: object) => Promise<Answer>
  /** What a step costs, whether it is answered or refused. */
  readonly workOf: (step: () => Promise<unknown>) => Promise<Work>
}

async function scene(client: object = {}): Promise<Scene> {
  const store = openMemoryStore()
  const write = vi.spyOn(store, 'write')
  const test = testCognito({ store })
  const { clientId } = await poolWithUser(test, {
    pool: {
      AutoVerifiedAttributes: ['email'],
      Policies: { SignInPolicy: { AllowedFirstAuthFactors: ['PASSWORD', 'EMAIL_OTP'] } },
    },
    client: { PreventUserExistenceErrors: 'ENABLED', ...client },
  })
  // The pool's keys are made in the background, and stored: they shall be there before anything is counted.
  await signIn(test, clientId)
  return {
    test,
    call: (operation, input) => test.call(operation, { ClientId: clientId, ...input }),
    async workOf(step) {
      const before = [calls(powers), calls(hashes), calls([write])]
      await step().catch(() => undefined)
      const [ofPowers = 0, ofHashes = 0, ofWrites = 0] = [
        calls(powers),
        calls(hashes),
        calls([write]),
      ].map((count, at) => count - (before[at] ?? 0))
      return { powers: ofPowers, hashes: ofHashes, transactions: ofWrites }
    },
  }
}

/** The work of a step for `ana`, who exists, and for a name that nobody has. */
async function workOfBoth(
  { workOf }: Scene,
  step: (name: string) => Promise<unknown>,
  names: readonly [string, string] = ['ana', 'nobody'],
): Promise<[known: Work, unknown: Work]> {
  return [await workOf(() => step(names[0])), await workOf(() => step(names[1]))]
}

const wrongPassword =
  ({ call }: Scene) =>
  (USERNAME: string) =>
    call('InitiateAuth', {
      AuthFlow: 'USER_PASSWORD_AUTH',
      AuthParameters: { USERNAME, PASSWORD: `${password} not` },
    })

const beginSrp =
  ({ call }: Scene) =>
  (USERNAME: string) =>
    call('InitiateAuth', {
      AuthFlow: 'USER_SRP_AUTH',
      AuthParameters: { USERNAME, SRP_A: 'abcdef0123456789' },
    })

describe('the work for a name that nobody has is that for a user', () => {
  it('at a wrong password: a power, and the failure is stored', async () => {
    const at = await scene()

    const [known, unknown] = await workOfBoth(at, wrongPassword(at))

    expect(known).toEqual({ powers: 1, hashes: 0, transactions: 1 })
    expect(unknown).toEqual(known)
  })

  it('at a wrong password where no client uses SRP: a hash', async () => {
    const at = await scene({ ExplicitAuthFlows: ['ALLOW_USER_PASSWORD_AUTH'] })

    const [known, unknown] = await workOfBoth(at, wrongPassword(at))

    expect(known).toEqual({ powers: 0, hashes: 1, transactions: 1 })
    expect(unknown).toEqual(known)
  })

  it('at an SRP exchange, and at a wrong proof', async () => {
    const at = await scene()
    const finish = async (USERNAME: string): Promise<Answer> => {
      const { ChallengeParameters } = await beginSrp(at)(USERNAME)
      return at.call('RespondToAuthChallenge', {
        ChallengeName: 'PASSWORD_VERIFIER',
        ChallengeResponses: {
          USERNAME,
          PASSWORD_CLAIM_SECRET_BLOCK: ChallengeParameters.SECRET_BLOCK,
          PASSWORD_CLAIM_SIGNATURE: 'AAAA',
          TIMESTAMP: 'Sat Nov 21 10:00:00 UTC 2026',
        },
      })
    }

    const [known, unknown] = await workOfBoth(at, beginSrp(at))
    const [knownWrong, unknownWrong] = await workOfBoth(at, finish)

    expect(known).toEqual({ powers: 3, hashes: 0, transactions: 0 })
    expect(unknown).toEqual(known)
    expect(knownWrong.transactions).toBe(2)
    expect(unknownWrong).toEqual(knownWrong)
  })

  it('at a code by e-mail instead of a password, and at a wrong one', async () => {
    const at = await scene()
    const begin = (USERNAME: string): Promise<Answer> =>
      at.call('InitiateAuth', {
        AuthFlow: 'USER_AUTH',
        AuthParameters: { USERNAME, PREFERRED_CHALLENGE: 'EMAIL_OTP' },
      })
    const answer = async (USERNAME: string): Promise<Answer> =>
      at.call('RespondToAuthChallenge', {
        ChallengeName: 'EMAIL_OTP',
        Session: (await begin(USERNAME)).Session,
        ChallengeResponses: { USERNAME, EMAIL_OTP_CODE: 'wrong' },
      })
    let nobody = 'nobody'
    while ((await begin(nobody)).ChallengeName !== 'EMAIL_OTP') nobody += '+'

    const [known, unknown] = await workOfBoth(at, begin, ['ana', nobody])
    const [knownWrong, unknownWrong] = await workOfBoth(at, answer, ['ana', nobody])

    expect(known).toEqual({ powers: 0, hashes: 0, transactions: 2 })
    expect(unknown).toEqual(known)
    expect(unknownWrong).toEqual(knownWrong)
  })

  it('at a forgotten password, and at a wrong code for it', async () => {
    const at = await scene({ ExplicitAuthFlows: ['ALLOW_USER_PASSWORD_AUTH'] })
    const forgot = (Username: string) => at.call('ForgotPassword', { Username })
    const confirm = (Username: string) =>
      at.call('ConfirmForgotPassword', {
        Username,
        ConfirmationCode: 'wrong',
        Password: 'Another-one-2',
      })

    const [known, unknown] = await workOfBoth(at, forgot)
    const [knownWrong, unknownWrong] = await workOfBoth(at, confirm)

    expect(known).toEqual({ powers: 0, hashes: 0, transactions: 3 })
    expect(unknown).toEqual(known)
    expect(knownWrong).toEqual({ powers: 0, hashes: 0, transactions: 1 })
    expect(unknownWrong).toEqual(knownWrong)
  })

  it('at another code for a sign-up, be it confirmed already or not', async () => {
    const at = await scene()
    await at.call('SignUp', {
      Username: 'carla',
      Password: password,
      UserAttributes: [{ Name: 'email', Value: 'carla@example.com' }],
    })
    const resend = (Username: string) => at.call('ResendConfirmationCode', { Username })

    const [unconfirmed, unknown] = await workOfBoth(at, resend, ['carla', 'nobody'])
    const confirmed = await at.workOf(() => resend('ana'))

    expect(unconfirmed).toEqual({ powers: 0, hashes: 0, transactions: 3 })
    expect(unknown).toEqual(unconfirmed)
    expect(confirmed).toEqual(unconfirmed)
  })
})

it('a code comes before the question which passwords a user had', async () => {
  const at = await scene()
  const { UserPools } = await at.test.call('ListUserPools', { MaxResults: 1 })
  await at.test.call('UpdateUserPool', {
    UserPoolId: UserPools[0].Id,
    Policies: { PasswordPolicy: { MinimumLength: 8, PasswordHistorySize: 3 } },
  })
  await at.call('ForgotPassword', { Username: 'ana' })

  const refusals = await Promise.all(
    [password, 'Never-mine-3'].map((guess) =>
      at
        .call('ConfirmForgotPassword', {
          Username: 'ana',
          ConfirmationCode: 'wrong',
          Password: guess,
        })
        .catch(({ code }) => code as string),
    ),
  )

  expect(refusals).toEqual(['CodeMismatchException', 'CodeMismatchException'])
})
