import type { CognitoContext } from '../context.ts'
import { hostedSessionMs } from '../limits.ts'
import { markOf, putMark } from '../pools/marks.ts'
import type { Pool } from '../pools/pool.ts'
import type { User } from '../pools/user.ts'
import { userBySub } from '../pools/user-store.ts'
import { beganMs, beginSignIn, type SignIn } from '../tokens/sign-in.ts'

/** A browser that is signed in to a pool's pages: sealed into a cookie, good for an hour or until sign-out. */
type HostedSession = {
  readonly id: string
  readonly poolId: string
  readonly sub: string
  readonly signIn: SignIn
  readonly untilMs: number
}

export function newHostedSession(ctx: CognitoContext, pool: Pool, user: User): string {
  const session: HostedSession = {
    id: ctx.environment.ids.uuid(),
    poolId: pool.id,
    sub: user.sub,
    signIn: beginSignIn(ctx.environment, user.signedOutMs),
    untilMs: ctx.environment.clock.now() + hostedSessionMs,
  }
  return ctx.sealer.seal('hosted session', JSON.stringify(session), pool.id)
}

/** Who is signed in, or undefined for a cookie that is forged, another pool's, over, or of a user who may not. */
export function hostedSession(
  ctx: CognitoContext,
  pool: Pool,
  cookie: string | undefined,
): { readonly user: User; readonly authTimeMs: number } | undefined {
  const session = opened(ctx, pool, cookie)
  const nowMs = ctx.environment.clock.now()
  if (session === undefined || session.untilMs <= nowMs) return undefined
  if (markOf(ctx.store.reader, 'used', markId(session), nowMs) !== undefined) return undefined
  const user = userBySub(ctx.store.reader, pool, session.sub)
  if (user?.enabled !== true || user.status !== 'CONFIRMED') return undefined
  const began = beganMs(session.signIn.originJti)
  if (user.signedOutMs !== undefined && began <= user.signedOutMs) return undefined
  return { user, authTimeMs: session.signIn.authTimeMs }
}

/** Ends a session on the server too: a copy of the cookie is worth nothing afterwards. */
export async function endHostedSession(
  ctx: CognitoContext,
  pool: Pool,
  cookie: string | undefined,
): Promise<void> {
  const session = opened(ctx, pool, cookie)
  if (session === undefined || session.untilMs <= ctx.environment.clock.now()) return
  await ctx.store.write((writer) =>
    putMark(writer, 'used', markId(session), { untilMs: session.untilMs, value: true }),
  )
}

const markId = ({ id }: HostedSession): string => `hosted/${id}`

function opened(ctx: CognitoContext, pool: Pool, cookie = ''): HostedSession | undefined {
  const plain = ctx.sealer.open('hosted session', cookie, pool.id)
  // Sealed by newHostedSession, above: nobody else has the key.
  return plain === undefined ? undefined : (JSON.parse(plain.toString('utf8')) as HostedSession)
}
