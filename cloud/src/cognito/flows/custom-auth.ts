import { AwsError } from '../../kernel/index.ts'
import { findOrHide } from '../change-user.ts'
import type { CognitoContext } from '../context.ts'
import { invalidParameter, notAuthorized, userNotConfirmed } from '../errors.ts'
import type { User } from '../pools/user.ts'
import { userBySub } from '../pools/user-store.ts'
import type { Attempt, AuthAnswer } from './attempt.ts'
import { completeSignIn } from './complete.ts'
import { clearFailures, recordFailure, requireUnlocked } from './lockout.ts'
import { given, required, type AuthParameters } from './parameters.ts'
import { sealSession, useSession, type Session } from './session.ts'
import { finishSrp, startSrp } from './srp.ts'
import { callIfSet, preAuthentication, triggerAttributes } from './triggers.ts'

/** One step of the sign-in so far, as the pool's functions see it. */
type Step = {
  readonly challengeName: string
  readonly challengeResult: boolean
  readonly challengeMetadata?: string
}

/** Who is signing in: `user` is undefined for a name that nobody has, where the client hides that. */
type Person = { readonly user: User | undefined; readonly name: string }

/** Begins a sign-in that the pool's own functions define ("Custom authentication challenge Lambda triggers"). */
export async function startCustom(
  ctx: CognitoContext,
  attempt: Attempt,
  parameters: AuthParameters,
): Promise<AuthAnswer> {
  const name = required(parameters, 'USERNAME')
  const user = findOrHide(ctx, attempt, name)
  await preAuthentication(ctx, attempt, user, name)
  requireUnlocked(ctx, attempt.pool, name)
  const srpA =
    given(parameters, 'CHALLENGE_NAME') === 'SRP_A' ? given(parameters, 'SRP_A') : undefined
  const steps = srpA === undefined ? [] : [{ challengeName: 'SRP_A', challengeResult: true }]
  return nextStep(ctx, attempt, { user, name }, steps, srpA)
}

/** The user answers a custom challenge; the pool's function judges, another says what comes next. */
export async function answerCustom(
  ctx: CognitoContext,
  attempt: Attempt,
  session: Session,
  responses: AuthParameters,
): Promise<AuthAnswer> {
  const person = personOf(ctx, attempt, session)
  requireUnlocked(ctx, attempt.pool, person.name)
  await useSession(ctx, session)
  const { steps, privateParameters, metadata } = stateOf(session)
  const verdict = await callIfSet(ctx, where(attempt), 'VerifyAuthChallengeResponse', {
    userName: person.user?.username ?? person.name,
    triggerSource: 'VerifyAuthChallengeResponse_Authentication',
    request: {
      ...about(person),
      privateChallengeParameters: privateParameters,
      challengeAnswer: required(responses, 'ANSWER'),
      clientMetadata: attempt.clientMetadata,
    },
    response: { answerCorrect: false },
  })
  const challengeResult = verdict?.['answerCorrect'] === true
  if (!challengeResult) await recordFailure(ctx, attempt.pool, person.name)
  const step: Step = {
    challengeName: 'CUSTOM_CHALLENGE',
    challengeResult,
    ...(metadata === undefined ? {} : { challengeMetadata: metadata }),
  }
  return nextStep(ctx, attempt, person, [...steps, step])
}

/** The password's proof within a custom sign-in. */
export async function answerVerifierInCustom(
  ctx: CognitoContext,
  attempt: Attempt,
  session: Session,
  responses: AuthParameters,
): Promise<AuthAnswer> {
  const user = await finishSrp(ctx, attempt, responses)
  await useSession(ctx, session)
  const step = { challengeName: 'PASSWORD_VERIFIER', challengeResult: true }
  const person = { user, name: user.username }
  return nextStep(ctx, attempt, person, [...stateOf(session).steps, step])
}

/** Asks DefineAuthChallenge what comes next: tokens, refusal, or a challenge. */
async function nextStep(
  ctx: CognitoContext,
  attempt: Attempt,
  person: Person,
  steps: readonly Step[],
  srpA?: string,
): Promise<AuthAnswer> {
  const decision = await callIfSet(ctx, where(attempt), 'DefineAuthChallenge', {
    userName: person.user?.username ?? person.name,
    triggerSource: 'DefineAuthChallenge_Authentication',
    request: { ...about(person), session: steps, clientMetadata: attempt.clientMetadata },
    response: { challengeName: null, issueTokens: null, failAuthentication: null },
  })
  if (decision === undefined) {
    throw invalidParameter('Custom auth lambda trigger is not configured for the user pool.')
  }
  if (decision['failAuthentication'] === true) throw notAuthorized()
  if (decision['issueTokens'] === true) return issue(ctx, attempt, person)
  const challenge = decision['challengeName']
  if (challenge === 'CUSTOM_CHALLENGE') return customChallenge(ctx, attempt, person, steps)
  if (challenge === 'PASSWORD_VERIFIER' && srpA !== undefined) {
    const answer = startSrp(ctx, attempt, person.user, person.name, srpA)
    return { ...answer, Session: sessionFor(ctx, attempt, person, 'PASSWORD_VERIFIER', { steps }) }
  }
  throw new AwsError('InvalidLambdaResponseException', 'Unrecognizable lambda output')
}

async function issue(ctx: CognitoContext, attempt: Attempt, { user }: Person): Promise<AuthAnswer> {
  if (user === undefined) throw notAuthorized()
  if (!user.enabled) throw notAuthorized('User is disabled.')
  if (user.status === 'UNCONFIRMED') throw userNotConfirmed()
  await clearFailures(ctx, attempt.pool, user.username)
  return completeSignIn(ctx, attempt, user)
}

async function customChallenge(
  ctx: CognitoContext,
  attempt: Attempt,
  person: Person,
  steps: readonly Step[],
): Promise<AuthAnswer> {
  const userName = person.user?.username ?? person.name
  const made = await callIfSet(ctx, where(attempt), 'CreateAuthChallenge', {
    userName,
    triggerSource: 'CreateAuthChallenge_Authentication',
    request: {
      ...about(person),
      challengeName: 'CUSTOM_CHALLENGE',
      session: steps,
      clientMetadata: attempt.clientMetadata,
    },
    response: {
      publicChallengeParameters: null,
      privateChallengeParameters: null,
      challengeMetadata: null,
    },
  })
  const metadata = made?.['challengeMetadata']
  const state = {
    steps,
    privateParameters: texts(made?.['privateChallengeParameters']),
    ...(typeof metadata === 'string' ? { metadata } : {}),
  }
  return {
    ChallengeName: 'CUSTOM_CHALLENGE',
    Session: sessionFor(ctx, attempt, person, 'CUSTOM_CHALLENGE', state),
    ChallengeParameters: { USERNAME: userName, ...texts(made?.['publicChallengeParameters']) },
  }
}

const where = ({ pool, client }: Attempt) => ({ pool, clientId: client.ClientId })

const about = ({ user }: Person) =>
  user === undefined
    ? { userAttributes: {}, userNotFound: true }
    : { userAttributes: triggerAttributes(user), userNotFound: false }

const sessionFor = (
  ctx: CognitoContext,
  attempt: Attempt,
  { user, name }: Person,
  challenge: string,
  state: Session['state'],
): string =>
  sealSession(ctx, attempt, {
    sub: user?.sub ?? '',
    username: user?.username ?? name,
    challenges: [challenge],
    state: { ...state, custom: true },
  })

const personOf = (ctx: CognitoContext, { pool }: Attempt, session: Session): Person => ({
  user: userBySub(ctx.store.reader, pool, session.sub),
  name: session.username,
})

/** Whether a session belongs to a sign-in that the pool's functions define. */
export const isCustom = (session: Session): boolean => session.state['custom'] === true

// Sealed by sessionFor, above: nobody else can make one.
const stateOf = (session: Session) =>
  session.state as {
    readonly steps: readonly Step[]
    readonly privateParameters?: Readonly<Record<string, string>>
    readonly metadata?: string
  }

const texts = (value: unknown): Record<string, string> =>
  typeof value === 'object' && value !== null
    ? Object.fromEntries(
        Object.entries(value).flatMap(([key, each]) =>
          typeof each === 'string' ? [[key, each] as const] : [],
        ),
      )
    : {}
