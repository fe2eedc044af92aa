import { randomBytes, randomUUID } from 'node:crypto'

/** Ids and randomness come in through this port, so that tests can repeat themselves (invariant 6). */
export type Ids = {
  /** A random UUID v4 in lower case. */
  readonly uuid: () => string
  /** `count` random bytes, fit for secrets when the source is {@link systemIds}. */
  readonly bytes: (count: number) => Buffer
}

const RESERVE_BYTES = 8_192
const FROM_RESERVE_BYTES_MAX = 64

/** Asking the generator costs some microseconds however little is wanted: small wants share one draw. */
function reservedBytes(): (count: number) => Buffer {
  let reserve = Buffer.alloc(0)
  let used = 0
  return (count) => {
    if (count > FROM_RESERVE_BYTES_MAX) return randomBytes(count)
    if (used + count > reserve.length) {
      reserve = randomBytes(RESERVE_BYTES)
      used = 0
    }
    const bytes = Buffer.from(reserve.subarray(used, used + count))
    reserve.fill(0, used, used + count) // nobody else sees them
    used += count
    return bytes
  }
}

/** The operating system's cryptographically secure generator. */
export const systemIds: Ids = { uuid: () => randomUUID(), bytes: reservedBytes() }

/** Repeatable ids from a seed (xorshift32): for tests only, never for secrets. */
export function seededIds(seed: number): Ids {
  let state = seed >>> 0 || 1
  function byte(): number {
    state ^= state << 13
    state >>>= 0
    state ^= state >>> 17
    state ^= state << 5
    state >>>= 0
    return state & 0xff
  }
  const bytes = (count: number): Buffer => Buffer.from(Array.from({ length: count }, byte))
  return {
    bytes,
    uuid() {
      const raw = bytes(16)
      raw[6] = ((raw[6] ?? 0) & 0x0f) | 0x40
      raw[8] = ((raw[8] ?? 0) & 0x3f) | 0x80
      return raw.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')
    },
  }
}

const ALPHANUMERIC = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'
const LOWER_ALPHANUMERIC = '0123456789abcdefghijklmnopqrstuvwxyz'

function fromAlphabet(ids: Ids, alphabet: string, length: number): string {
  // Bytes past the largest multiple of the alphabet are drawn again, so that each letter is equally likely.
  const limit = 256 - (256 % alphabet.length)
  let text = ''
  while (text.length < length) {
    for (const byte of ids.bytes(length - text.length)) {
      if (byte < limit) text += alphabet[byte % alphabet.length]
    }
  }
  return text
}

/** `length` random characters of 0-9A-Za-z. */
export const randomAlphanumeric = (ids: Ids, length: number): string =>
  fromAlphabet(ids, ALPHANUMERIC, length)

/** `length` random characters of 0-9a-z, as AWS uses for API ids and app client ids. */
export const randomLowerAlphanumeric = (ids: Ids, length: number): string =>
  fromAlphabet(ids, LOWER_ALPHANUMERIC, length)
