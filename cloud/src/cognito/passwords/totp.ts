import { createHmac, timingSafeEqual } from 'node:crypto'

/** RFC 6238 as authenticator apps do it: HMAC-SHA1, steps of 30 s, six digits. */
const stepMs = 30_000
const digits = 6
/** A code of the step before or after counts too: clocks differ. */
const stepsAround = 1
const base32Alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'

export function toBase32(bytes: Buffer): string {
  let bits = ''
  for (const byte of bytes) bits += byte.toString(2).padStart(8, '0')
  return (bits.match(/.{1,5}/g) ?? [])
    .map((group) => base32Alphabet.charAt(Number.parseInt(group.padEnd(5, '0'), 2)))
    .join('')
}

export function totpAt(secret: Buffer, step: number): string {
  const counter = Buffer.alloc(8)
  counter.writeBigUInt64BE(BigInt(step))
  const mac = createHmac('sha1', secret).update(counter).digest()
  const offset = (mac.at(-1) ?? 0) & 0x0f
  const number = mac.readUInt32BE(offset) & 0x7fffffff
  return String(number % 10 ** digits).padStart(digits, '0')
}

export const stepOf = (timeMs: number): number => Math.floor(timeMs / stepMs)

/**
 * The step that a code belongs to, or undefined when it is wrong.
 *
 * @param after the step of the last code that was accepted: it and earlier ones do not count again
 */
export function matchingStep(
  secret: Buffer,
  code: string,
  timeMs: number,
  after = -1,
): number | undefined {
  const now = stepOf(timeMs)
  let found: number | undefined
  for (let step = now - stepsAround; step <= now + stepsAround; step++) {
    const right = Buffer.from(totpAt(secret, step))
    const given = Buffer.from(code)
    if (given.length === right.length && timingSafeEqual(given, right) && step > after) found = step
  }
  return found
}
