import type { CognitoContext } from '../context.ts'
import { N, toNumber } from '../passwords/srp-group.ts'
import type { Verifier } from '../passwords/verifier.ts'
import type { MfaKind, Pool } from '../pools/pool.ts'
import { userKey } from '../pools/user-index.ts'

/**
 * What a name that nobody has seems to be, where a client hides who exists: always the same for the same name, and
 * known only to who has this cloud's keys.
 */
const macOf = (ctx: CognitoContext, purpose: string, pool: Pool, name: string): Buffer =>
  ctx.sealer.mac(`pretended ${purpose}`, `${pool.id}/${userKey(pool, name)}`)

const verifierBytes = 384
const macBytes = 32

/**
 * A verifier that nobody has the password of. It is no power of g, which nobody can see: a client is shown it only
 * under a random summand. So it costs no more than reading a user's own.
 */
export function pretendedVerifier(ctx: CognitoContext, pool: Pool, name: string): Verifier {
  const blocks = Array.from({ length: verifierBytes / macBytes }, (_, block) =>
    macOf(ctx, `verifier ${block}`, pool, name),
  )
  return {
    salt: toNumber(macOf(ctx, 'salt', pool, name).subarray(0, 16)),
    verifier: (toNumber(Buffer.concat(blocks)) % (N - 2n)) + 2n,
  }
}

/** Where user names are subs, a name that nobody has gets one too. */
export function pretendedUserId(ctx: CognitoContext, pool: Pool, name: string): string {
  if ((pool.settings.UsernameAttributes ?? []).length === 0) return name
  const hex = macOf(ctx, 'sub', pool, name).toString('hex')
  return hex.replace(/^(.{8})(.{4}).(.{3}).(.{3})(.{12}).*$/, '$1-$2-4$3-8$4-$5')
}

/** Whether this name can be sent such codes: users have an address or not, so do names that nobody has. */
export const pretendsToGet = (
  ctx: CognitoContext,
  pool: Pool,
  name: string,
  kind: MfaKind,
): boolean => (macOf(ctx, kind, pool, name)[0] ?? 0) % 2 === 0

/** A phone number, of which four digits are shown. */
export const pretendedPhone = (ctx: CognitoContext, pool: Pool, name: string): string =>
  `+1555${String(macOf(ctx, 'phone', pool, name).readUInt32BE() % 10_000_000).padStart(7, '0')}`
