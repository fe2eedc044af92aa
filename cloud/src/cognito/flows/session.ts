import type { CognitoContext } from '../context.ts'
import { notAuthorized } from '../errors.ts'
import { minuteMs } from '../limits.ts'
import { markOf, putMark } from '../pools/marks.ts'
import type { Client, Pool } from '../pools/pool.ts'

/** What a challenge's `Session` holds: sealed, bound to one user and client, good for one success. */
export type Session = {
  readonly id: string
  readonly poolId: string
  readonly clientId: string
  /** Empty for a user that does not exist: the answer to the challenge will be wrong. */
  readonly sub: string
  readonly username: string
  readonly untilMs: number
  /** The challenges that may be answered with it. */
  readonly challenges: readonly string[]
  /** What the challenge needs to remember: the HMAC of a code, a custom challenge's state. */
  readonly state: Readonly<Record<string, unknown>>
}

export type SessionOf = { readonly pool: Pool; readonly client: Client }

export function sealSession(
  ctx: CognitoContext,
  { pool, client }: SessionOf,
  session: Pick<Session, 'sub' | 'username' | 'challenges'> & { state?: Session['state'] },
): string {
  const whole: Session = {
    state: {},
    ...session,
    id: ctx.environment.ids.uuid(),
    poolId: pool.id,
    clientId: client.ClientId,
    untilMs: ctx.environment.clock.now() + client.AuthSessionValidity * minuteMs,
  }
  return ctx.sealer.seal('session', JSON.stringify(whole))
}

/**
 * The session for an answer to `challenge`.
 *
 * @throws NotAuthorizedException when it is forged, another client's, for another challenge, expired or used
 */
export function openSession(
  ctx: CognitoContext,
  { client }: SessionOf,
  text: string | undefined,
  challenge: string,
): Session {
  const plain = text === undefined ? undefined : ctx.sealer.open('session', text)
  if (plain === undefined) throw notAuthorized('Invalid session for the user.')
  const session = JSON.parse(plain.toString('utf8')) as Session // sealed by sealSession, above
  if (session.clientId !== client.ClientId || !session.challenges.includes(challenge)) {
    throw notAuthorized('Invalid session for the user.')
  }
  const nowMs = ctx.environment.clock.now()
  if (session.untilMs <= nowMs) {
    throw notAuthorized('Invalid session for the user, session is expired.')
  }
  if (markOf(ctx.store.reader, 'used', session.id, nowMs) !== undefined) throw usedBefore()
  return session
}

const usedBefore = () =>
  notAuthorized('Invalid session for the user, session can only be used once.')

/** Uses a session up. Of two answers at the same time only one gets through. */
export async function useSession(
  ctx: CognitoContext,
  session: Pick<Session, 'id' | 'untilMs'>,
): Promise<void> {
  const nowMs = ctx.environment.clock.now()
  await ctx.store.write((writer) => {
    if (markOf(writer, 'used', session.id, nowMs) !== undefined) throw usedBefore()
    putMark(writer, 'used', session.id, { untilMs: session.untilMs, value: true })
  })
}

/** Which client a session was made for: for operations that are given nothing else. @throws NotAuthorizedException */
export function sessionClient(ctx: CognitoContext, text: string): string {
  const plain = ctx.sealer.open('session', text)
  if (plain === undefined) throw notAuthorized('Invalid session for the user.')
  return (JSON.parse(plain.toString('utf8')) as Session).clientId // sealed by sealSession, above
}
