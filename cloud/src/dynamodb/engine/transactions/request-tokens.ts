import { createHash } from 'node:crypto'
import type { Store, Writer } from '../../../storage/index.ts'
import { backgroundChunkItems, idempotencyMs } from '../../limits.ts'
import { expiredTokensRange, tokenExpiryKey, tokenHashOfExpiry, tokenKey } from '../layout.ts'

/**
 * The client request tokens of the last ten minutes, kept with what they wrote in one transaction:
 *
 *     expires u48   ms since the epoch
 *     request 32    the SHA-256 of the request
 */
const expiryBytes = 6
const sha256 = (text: string): Buffer => createHash('sha256').update(text).digest()

export type TokenState = 'new' | 'repeated' | 'mismatch'

/** The request in a form that does not depend on the order of members. */
export const requestDigest = (request: unknown): Buffer => sha256(canonical(request))

function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`
  if (value === null || typeof value !== 'object') return JSON.stringify(value) ?? 'null'
  const members = Object.entries(value)
    .filter(([, member]) => member !== undefined)
    .sort(([a], [b]) => (a < b ? -1 : 1))
  return `{${members.map(([name, member]) => `${JSON.stringify(name)}:${canonical(member)}`).join(',')}}`
}

/** Whether a token was used before, inside a transaction; a new one is remembered with the request. */
export function useToken(writer: Writer, token: string, digest: Buffer, nowMs: number): TokenState {
  const hash = sha256(token)
  const key = tokenKey(hash)
  const known = writer.get(key)
  if (known !== undefined) {
    const expiresMs = known.readUIntBE(0, expiryBytes)
    if (expiresMs > nowMs) {
      return known.subarray(expiryBytes).equals(digest) ? 'repeated' : 'mismatch'
    }
    writer.remove(tokenExpiryKey(expiresMs, hash))
  }
  const expires = Buffer.allocUnsafe(expiryBytes)
  expires.writeUIntBE(nowMs + idempotencyMs, 0, expiryBytes)
  writer.put(key, Buffer.concat([expires, digest]))
  writer.put(tokenExpiryKey(nowMs + idempotencyMs, hash), Buffer.alloc(0))
  return 'new'
}

/**
 * Forgets some of the tokens that are over.
 *
 * @returns whether there may be more
 */
export async function forgetTokens(store: Store, nowMs: number): Promise<boolean> {
  const old: Buffer[] = []
  for (const { key } of store.reader.range(expiredTokensRange(nowMs))) {
    old.push(Buffer.from(key))
    if (old.length === backgroundChunkItems) break
  }
  if (old.length === 0) return false
  await store.write((writer) => {
    for (const key of old) {
      const token = tokenKey(Buffer.from(tokenHashOfExpiry(key)))
      // A token that expired and was used again has another entry.
      const expiresMs = writer.get(token)?.readUIntBE(0, expiryBytes)
      if (expiresMs !== undefined && expiresMs <= nowMs) writer.remove(token)
      writer.remove(key)
    }
  })
  return old.length === backgroundChunkItems
}
