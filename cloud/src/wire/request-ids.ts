import type { Ids } from '../kernel/index.ts'

const ALPHABET = '0123456789ABCDEFGHIJKLMNOPQRSTUV'
const PREFIX_LENGTH = 44
const SUFFIX_LENGTH = 8
/** Ids that share a random beginning before a new one is drawn. */
const IDS_PER_PREFIX = 4096

/**
 * Makes request ids in DynamoDB's form: 52 characters of base 32. Unique, not secret: a random beginning is kept
 * for a few thousand ids, whose ends count on from a random number, because randomness is dear per request.
 */
export function dynamoRequestIds(ids: Ids): () => string {
  let prefix = ''
  let left = 0
  let count = 0
  return () => {
    if (left === 0) {
      prefix = ''
      for (const byte of ids.bytes(PREFIX_LENGTH)) prefix += ALPHABET.charAt(byte & 31)
      count = ids.bytes(4).readUInt32LE() & 0x3fffffff
      left = IDS_PER_PREFIX
    }
    left -= 1
    count += 1
    return prefix + count.toString(32).toUpperCase().padStart(SUFFIX_LENGTH, 'G')
  }
}
