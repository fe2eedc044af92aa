import type { Ids } from '../kernel/index.ts'

const POOL_BYTES = 1100
const ID_BYTES = 11

/**
 * Ids in the form of API Gateway's extended request ids, for example `JKJaXmPLvHcESHA=`. Randomness is drawn
 * for a hundred at a time.
 */
export function extendedRequestIds(ids: Ids): () => string {
  let pool: Buffer = Buffer.alloc(0)
  let at = 0
  return () => {
    if (at + ID_BYTES > pool.length) {
      pool = ids.bytes(POOL_BYTES)
      at = 0
    }
    at += ID_BYTES
    return `${pool.toString('base64url', at - ID_BYTES, at)}=`
  }
}

/** `Root=1-<time>-<24 hex digits>` (X-Ray, "Tracing header"): unique by a random start that is counted on. */
export function traceHeaders(ids: Ids): (nowMs: number) => string {
  let prefix = ''
  let count = 0
  return (nowMs) => {
    if (prefix === '' || count === 0xffff_ffff) {
      prefix = ids.bytes(8).toString('hex')
      count = ids.bytes(4).readUInt32BE() >>> 1
    }
    count += 1
    const seconds = Math.floor(nowMs / 1000).toString(16)
    return `Root=1-${seconds}-${prefix}${count.toString(16).padStart(8, '0')}`
  }
}
