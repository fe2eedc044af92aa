import { createHash, timingSafeEqual } from 'node:crypto'
import type { CognitoContext } from '../../context.ts'
import { authorizationCodeMs } from '../../limits.ts'
import { markOf, putMark, removeMark } from '../../pools/marks.ts'
import type { SignIn } from '../../tokens/sign-in.ts'

/** What a code stands for. It is kept under the code's HMAC, so that the data folder holds no usable code. */
export type Grant = {
  readonly poolId: string
  readonly clientId: string
  readonly sub: string
  readonly redirectUri: string
  readonly scope: string
  readonly nonce?: string
  readonly codeChallenge?: string
  readonly signIn: SignIn
}

const idOf = (ctx: CognitoContext, code: string): string =>
  ctx.sealer.mac('authorization code', code).toString('base64url')

/** A code for a grant: good for five minutes and one use. */
export async function newCode(ctx: CognitoContext, grant: Grant): Promise<string> {
  const code = ctx.environment.ids.uuid()
  const untilMs = ctx.environment.clock.now() + authorizationCodeMs
  await ctx.store.write((writer) =>
    putMark(writer, 'code', idOf(ctx, code), { untilMs, value: grant }),
  )
  return code
}

/**
 * The grant of a code that this client holds, used up by the asking: of two exchanges at the same time only one
 * gets it. Another client's attempt leaves the code as it is.
 */
export function redeem(
  ctx: CognitoContext,
  client: { readonly poolId: string; readonly clientId: string },
  code: string,
): Promise<Grant | undefined> {
  const id = idOf(ctx, code)
  const nowMs = ctx.environment.clock.now()
  return ctx.store.write((writer) => {
    const grant = markOf(writer, 'code', id, nowMs) as Grant | undefined // put by newCode, above
    if (grant?.clientId !== client.clientId || grant.poolId !== client.poolId) return undefined
    removeMark(writer, 'code', id)
    return grant
  })
}

/** RFC 7636: the verifier's hash is the challenge; a verifier without a challenge is refused (RFC 9700, 2.1.1). */
export function verifies(challenge: string | undefined, verifier: string | undefined): boolean {
  if (challenge === undefined || verifier === undefined) return challenge === verifier
  if (!/^[\w.~-]{43,128}$/.test(verifier)) return false
  const made = createHash('sha256').update(verifier).digest()
  const wanted = Buffer.from(challenge, 'base64url')
  return made.length === wanted.length && timingSafeEqual(made, wanted)
}
