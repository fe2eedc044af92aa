import { AwsError, type HttpResponse } from '../../kernel/index.ts'
import type { Attempt, AuthAnswer } from '../flows/attempt.ts'
import { afterFirstFactor } from '../flows/first-factor.ts'
import { migrateUser } from '../flows/migration.ts'
import { checkPassword } from '../flows/password.ts'
import { respond } from '../flows/respond.ts'
import { preAuthentication } from '../flows/triggers.ts'
import type { User } from '../pools/user.ts'
import { findUser } from '../pools/user-store.ts'
import { sessionCookie, setCookie } from './cookies.ts'
import { newHostedSession } from './hosted-session.ts'
import { redirect } from './layout.ts'
import type { AuthorizationRequest } from './oauth/authorization-request.ts'
import { finishAuthorization } from './oauth/finish.ts'
import type { PageCall } from './page-call.ts'

/** Where a sign-in by the pages stands: over, or at a challenge. */
export type Progress =
  | { readonly kind: 'signedIn'; readonly user: User }
  | { readonly kind: 'challenge'; readonly username: string; readonly answer: AuthAnswer }

/**
 * The attempt of a person at these pages. They are the pool's own: no secret hash is asked of them, and whatever
 * the app client is set to, they do not tell who exists.
 */
function hostedAttempt(
  { pool }: PageCall,
  { client }: AuthorizationRequest,
): { readonly attempt: Attempt; readonly done: () => User | undefined } {
  let user: User | undefined
  const attempt: Attempt = {
    pool,
    client: { ...client, ClientSecret: undefined, PreventUserExistenceErrors: 'ENABLED' },
    admin: false,
    clientMetadata: {},
    signedIn: (found) => void (user = found),
  }
  return { attempt, done: () => user }
}

/** A name and a password. @throws AwsError */
export async function signInWithPassword(
  call: PageCall,
  request: AuthorizationRequest,
  name: string,
  password: string,
): Promise<Progress> {
  const { ctx, pool } = call
  const { attempt, done } = hostedAttempt(call, request)
  const known =
    findUser(ctx.store.reader, pool, name) ?? (await migrateUser(ctx, attempt, name, password))
  await preAuthentication(ctx, attempt, known, name)
  const user = await checkPassword(ctx, attempt, name, password)
  return progress(await afterFirstFactor(ctx, attempt, user), user.username, done())
}

/** The answer to a challenge. @throws AwsError */
export async function answerChallenge(
  call: PageCall,
  request: AuthorizationRequest,
  challenge: { readonly name: string; readonly session: string; readonly username: string },
  responses: Readonly<Record<string, string>>,
): Promise<Progress> {
  const { attempt, done } = hostedAttempt(call, request)
  const { name, session, username } = challenge
  const answers = { ...responses, USERNAME: username }
  const answer = await respond(call.ctx, attempt, name, session, answers)
  return progress(answer, username, done())
}

const progress = (answer: AuthAnswer, username: string, user: User | undefined): Progress =>
  user === undefined ? { kind: 'challenge', username, answer } : { kind: 'signedIn', user }

/** Back to the application, with a session for the next hour. */
export async function complete(
  call: PageCall,
  request: AuthorizationRequest,
  user: User,
): Promise<HttpResponse> {
  const cookie = newHostedSession(call.ctx, call.pool, user)
  const location = await finishAuthorization(call, request, {
    user,
    authTimeMs: call.ctx.environment.clock.now(),
  })
  return redirect(location, [setCookie(sessionCookie, cookie, call.address.base)])
}

export const isUnconfirmed = (error: unknown): boolean =>
  error instanceof AwsError && error.code === 'UserNotConfirmedException'

export const mustReset = (error: unknown): boolean =>
  error instanceof AwsError && error.code === 'PasswordResetRequiredException'
