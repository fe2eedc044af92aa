import { createCipheriv, createDecipheriv, createHmac, hkdfSync } from 'node:crypto'
import type { Ids } from '../kernel/index.ts'

/**
 * Keeps secrets unreadable in the data folder and unforgeable in clients' hands: AES-256-GCM under a key for
 * each purpose, derived (HKDF-SHA256) from one secret that is kept outside the data store.
 *
 *     sealed text = base64url( iv 12 bytes ‖ tag 16 bytes ‖ ciphertext )
 */
export type Sealer = {
  /** @param context what the text belongs to; opening it under another context fails */
  readonly seal: (purpose: string, plain: string | Buffer, context?: string) => string
  /** The plain bytes, or undefined when the text was not sealed here for this purpose and context. */
  readonly open: (purpose: string, sealed: string, context?: string) => Buffer | undefined
  /** HMAC-SHA256 for values that are compared, never read. */
  readonly mac: (purpose: string, value: string) => Buffer
}

const ivBytes = 12
const tagBytes = 16

export function createSealer(secret: Buffer, ids: Ids): Sealer {
  const keys = new Map<string, Buffer>()
  function keyFor(purpose: string): Buffer {
    let key = keys.get(purpose)
    if (key === undefined) {
      key = Buffer.from(hkdfSync('sha256', secret, Buffer.alloc(0), `cognito ${purpose}`, 32))
      keys.set(purpose, key)
    }
    return key
  }
  return {
    seal(purpose, plain, context = '') {
      const iv = ids.bytes(ivBytes)
      const cipher = createCipheriv('aes-256-gcm', keyFor(purpose), iv)
      cipher.setAAD(Buffer.from(context, 'utf8'))
      const body = Buffer.concat([cipher.update(plain), cipher.final()])
      return Buffer.concat([iv, cipher.getAuthTag(), body]).toString('base64url')
    },
    open(purpose, sealed, context = '') {
      const raw = Buffer.from(sealed, 'base64url')
      // Node's base64url decoder skips what it does not know: only the exact text that was given out counts.
      if (raw.length < ivBytes + tagBytes || raw.toString('base64url') !== sealed) return undefined
      const decipher = createDecipheriv('aes-256-gcm', keyFor(purpose), raw.subarray(0, ivBytes))
      decipher.setAAD(Buffer.from(context, 'utf8'))
      decipher.setAuthTag(raw.subarray(ivBytes, ivBytes + tagBytes))
      try {
        return Buffer.concat([decipher.update(raw.subarray(ivBytes + tagBytes)), decipher.final()])
      } catch {
        return undefined // forged, or sealed under another key
      }
    },
    mac: (purpose, value) =>
      createHmac('sha256', keyFor(`mac ${purpose}`))
        .update(value)
        .digest(),
  }
}
