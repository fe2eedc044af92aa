import { timingSafeEqual } from 'node:crypto'
import type { CognitoContext } from '../context.ts'

const secretBytes = 24
const secretForm = /^[\w-]{32}$/

/** A form's token is the HMAC of the browser's own secret, so that no other site and no other browser can send it. */
export const newCsrfSecret = (ctx: CognitoContext): string =>
  ctx.environment.ids.bytes(secretBytes).toString('base64url')

export const isCsrfSecret = (text: string | undefined): text is string =>
  text !== undefined && secretForm.test(text)

export const csrfToken = (ctx: CognitoContext, poolId: string, secret: string): string =>
  ctx.sealer.mac('csrf', `${poolId}\0${secret}`).toString('base64url')

/** Whether a form was made for the browser that sends it. */
export function isCsrfToken(
  ctx: CognitoContext,
  poolId: string,
  secret: string | undefined,
  given: string | null,
): boolean {
  if (!isCsrfSecret(secret) || given === null) return false
  const [left, right] = [Buffer.from(csrfToken(ctx, poolId, secret)), Buffer.from(given)]
  return left.length === right.length && timingSafeEqual(left, right)
}
