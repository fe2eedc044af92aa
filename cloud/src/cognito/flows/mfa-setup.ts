import { AwsError } from '../../kernel/index.ts'
import { changeUser } from '../change-user.ts'
import { requireClient, callerOf, type CognitoContext } from '../context.ts'
import { invalidParameter, notAuthorized } from '../errors.ts'
import { matchingStep, toBase32 } from '../passwords/totp.ts'
import type { Pool } from '../pools/pool.ts'
import type { User } from '../pools/user.ts'
import { userBySub } from '../pools/user-store.ts'
import type { Attempt, AuthAnswer } from './attempt.ts'
import { completeSignIn } from './complete.ts'
import { openSession, sealSession, sessionClient, useSession, type Session } from './session.ts'

const secretBytes = 32

/** Who sets an authenticator app up: signed in, or in the middle of signing in. */
export type Setup = {
  readonly pool: Pool
  readonly user: User
  readonly session?: { readonly attempt: Attempt; readonly session: Session }
}

/** @throws InvalidParameterException, NotAuthorizedException */
export function setupOf(
  ctx: CognitoContext,
  input: { readonly AccessToken?: string | undefined; readonly Session?: string | undefined },
): Setup {
  if (input.AccessToken !== undefined) return callerOf(ctx, input.AccessToken)
  if (input.Session === undefined) throw invalidParameter('AccessToken or Session is required.')
  const { client, pool } = requireClient(ctx, sessionClient(ctx, input.Session))
  const attempt: Attempt = { pool, client, admin: false, clientMetadata: {} }
  const session = openSession(ctx, attempt, input.Session, 'MFA_SETUP')
  const user = userBySub(ctx.store.reader, pool, session.sub)
  if (user === undefined) throw notAuthorized('Invalid session for the user.')
  return { pool, user, session: { attempt, session } }
}

/** A new secret for an authenticator app; it counts once a code of it was given. */
export async function associateSoftwareToken(
  ctx: CognitoContext,
  setup: Setup,
): Promise<{ SecretCode: string; Session?: string }> {
  const { pool, user } = setup
  if (!pool.settings.EnabledMfas.includes('SOFTWARE_TOKEN_MFA')) {
    throw new AwsError(
      'SoftwareTokenMFANotFoundException',
      'Software Token MFA has not been enabled by the userPool',
    )
  }
  const secret = ctx.environment.ids.bytes(secretBytes)
  await changeUser(ctx, pool, user.username, () => ({
    totpAwaiting: ctx.sealer.seal('totp', secret, user.sub),
  }))
  return { SecretCode: toBase32(secret), ...(await nextSession(ctx, setup, false)) }
}

/** The first code of a new secret: from then on it is the user's second factor. */
export async function verifySoftwareToken(
  ctx: CognitoContext,
  setup: Setup,
  code: string,
): Promise<{ Status: 'SUCCESS'; Session?: string }> {
  const { pool, user } = setup
  const waiting = user.totpAwaiting
  const secret = waiting === undefined ? undefined : ctx.sealer.open('totp', waiting, user.sub)
  const step =
    secret === undefined ? undefined : matchingStep(secret, code, ctx.environment.clock.now())
  if (waiting === undefined || step === undefined) {
    throw new AwsError('EnableSoftwareTokenMFAException', 'Code mismatch')
  }
  await changeUser(ctx, pool, user.username, ({ mfa }) => ({
    totp: { sealed: waiting, verified: true, lastStep: step },
    totpAwaiting: undefined,
    // A user who sets it up while signing in has no other moment to choose it.
    ...(setup.session === undefined
      ? {}
      : {
          mfa: { ...mfa, enabled: [...new Set([...mfa.enabled, 'SOFTWARE_TOKEN_MFA' as const])] },
        }),
  }))
  return { Status: 'SUCCESS', ...(await nextSession(ctx, setup, true)) }
}

/** Goes on with the sign-in after the app was set up. */
export async function answerMfaSetup(
  ctx: CognitoContext,
  attempt: Attempt,
  session: Session,
  user: User,
): Promise<AuthAnswer> {
  if (session.state['verified'] !== true) {
    throw invalidParameter('The software token was not verified.')
  }
  await useSession(ctx, session)
  return completeSignIn(ctx, attempt, user)
}

/** While signing in, each step uses its session up and gives the next one. */
async function nextSession(
  ctx: CognitoContext,
  { session: given }: Setup,
  verified: boolean,
): Promise<{ Session?: string }> {
  if (given === undefined) return {}
  const { attempt, session } = given
  await useSession(ctx, session)
  const { sub, username } = session
  const next = { sub, username, challenges: ['MFA_SETUP'], state: { verified } }
  return { Session: sealSession(ctx, attempt, next) }
}
