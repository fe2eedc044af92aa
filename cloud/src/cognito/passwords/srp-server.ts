import { createHmac, hkdfSync, timingSafeEqual } from 'node:crypto'
import { g, k, N, pad, power, powerOfG, sha256, toNumber } from './srp-group.ts'
import type { SrpIdentity, Verifier } from './verifier.ts'

const privateBytes = 32
const keyBytes = 16

/** The client's public value. Undefined when it is no number, or a multiple of N, which would make any password right. */
export function publicValue(hex: string): bigint | undefined {
  if (!/^[0-9a-fA-F]{1,1024}$/.test(hex)) return undefined
  const value = BigInt(`0x${hex}`)
  return value % N === 0n ? undefined : value
}

/**
 * The server's half of an SRP exchange: its public value B for the client, and the key K that the client can
 * compute only with the right password.
 *
 * @param bytes the source of the server's private value
 */
export function serverHalf(
  A: bigint,
  { verifier }: Verifier,
  bytes: (count: number) => Buffer,
): { readonly B: bigint; readonly key: Buffer } {
  for (;;) {
    const b = toNumber(bytes(privateBytes)) + 1n
    const B = (k * verifier + powerOfG(b)) % N
    const u = toNumber(sha256(pad(A), pad(B)))
    if (B === 0n || u === 0n) continue
    const base = (A * power(verifier, u)) % N
    // OpenSSL takes no powers of 0, 1 and N − 1; an honest client never gets there.
    const S = base <= g ? base : base >= N - 1n ? 1n : power(base, b)
    return { B, key: sessionKey(S, u) }
  }
}

/** K: 16 bytes of HKDF-SHA256 over pad(S), salted with pad(u). */
export const sessionKey = (S: bigint, u: bigint): Buffer =>
  Buffer.from(hkdfSync('sha256', pad(S), pad(u), 'Caldera Derived Key', keyBytes))

/** The proof of knowing K: HMAC-SHA256 over the pool's suffix, the user, the secret block and the time. */
export const claimSignature = (
  key: Buffer,
  identity: SrpIdentity,
  secretBlock: Buffer,
  timestamp: string,
): Buffer =>
  createHmac('sha256', key)
    .update(identity.poolSuffix)
    .update(identity.userId)
    .update(secretBlock)
    .update(timestamp)
    .digest()

/** Whether a client's signature (base64) is right; compared in constant time. */
export function isRightClaim(expected: Buffer, given: string): boolean {
  const bytes = Buffer.from(given, 'base64')
  return bytes.length === expected.length && timingSafeEqual(bytes, expected)
}
