import type { Ids } from '../kernel/index.ts'

const alphabet = Buffer.from('0123456789ABCDEFGHIJKLMNOPQRSTUV')
const idLength = 52
/** Ids that differ in their last characters before a new beginning is drawn. */
const idsPerBeginning = 4096

/**
 * Makes request ids in DynamoDB's form: 52 characters of base 32. Unique, not secret: a random id is drawn once in a few
 * thousand, and those after it count on from it, because randomness is dear per request.
 */
export function dynamoRequestIds(ids: Ids): () => string {
  /** Of each character, the place in the alphabet; and the id itself. */
  const digits = Buffer.alloc(idLength)
  const text = Buffer.alloc(idLength)
  let left = 0

  function draw(): void {
    for (const [at, byte] of ids.bytes(idLength).entries()) set(at, byte & 31)
    left = idsPerBeginning
  }

  function set(at: number, digit: number): void {
    digits[at] = digit
    text[at] = alphabet[digit] ?? 0
  }

  return () => {
    if (left === 0) draw()
    left -= 1
    let at = idLength - 1
    while (at > 0 && digits[at] === alphabet.length - 1) set(at--, 0)
    set(at, ((digits[at] ?? 0) + 1) % alphabet.length)
    // As one piece: a text that was put together is taken apart and copied again by whoever looks at it.
    return text.toString('latin1')
  }
}
