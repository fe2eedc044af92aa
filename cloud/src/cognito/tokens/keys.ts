import {
  createHash,
  createPrivateKey,
  createPublicKey,
  generateKeyPair,
  type KeyObject,
} from 'node:crypto'
import { promisify } from 'node:util'
import { documents, type Store, type Writer } from '../../storage/index.ts'
import type { Sealer } from '../sealing.ts'

/**
 * The signing keys of the pools: two RSA keys each, one for id tokens and one for access tokens.
 *
 *     cognito/keys  poolId → { id, access }   PKCS #8 DER, sealed to the pool and the use
 */
type StoredKeys = { readonly id: string; readonly access: string }
const stored = documents<StoredKeys>('cognito/keys')
const modulusBits = 2048
const generate = promisify(generateKeyPair)

export type SigningKey = {
  readonly kid: string
  readonly privateKey: KeyObject
  readonly publicKey: KeyObject
  readonly jwk: { readonly n: string; readonly e: string }
}
export type TokenUse = 'id' | 'access'
export type PoolKeys = Readonly<Record<TokenUse, SigningKey>>
export type KeyRing = ReturnType<typeof createKeyRing>

/** Makes keys in the background, keeps them sealed in the store, and opens them once. */
export function createKeyRing(store: Store, sealer: Sealer) {
  const opened = new Map<string, PoolKeys>()
  const coming = new Map<string, Promise<PoolKeys>>()

  /** The keys if they are there already: after a restart they are read from the store. */
  function ready(poolId: string): PoolKeys | undefined {
    const known = opened.get(poolId)
    if (known !== undefined) return known
    const found = stored.get(store.reader, poolId)
    if (found === undefined) return undefined
    const id = sealer.open('signing key', found.id, `${poolId}/id`)
    const access = sealer.open('signing key', found.access, `${poolId}/access`)
    if (id === undefined || access === undefined) return undefined
    const keys = { id: openKey(id), access: openKey(access) }
    opened.set(poolId, keys)
    return keys
  }

  async function make(poolId: string): Promise<PoolKeys> {
    const [id, access] = await Promise.all([newKey(), newKey()])
    await store.write((writer) => {
      stored.put(writer, poolId, {
        id: sealer.seal('signing key', id, `${poolId}/id`),
        access: sealer.seal('signing key', access, `${poolId}/access`),
      })
    })
    const keys = { id: openKey(id), access: openKey(access) }
    opened.set(poolId, keys)
    return keys
  }

  return {
    ready,
    /** The keys of a pool, made at the first call; everyone who asks meanwhile waits for the same. */
    keysOf(poolId: string): PoolKeys | Promise<PoolKeys> {
      const known = ready(poolId)
      if (known !== undefined) return known
      let promise = coming.get(poolId)
      if (promise === undefined) {
        promise = make(poolId).finally(() => coming.delete(poolId))
        coming.set(poolId, promise)
      }
      return promise
    },
    /** Removes the keys from the store; call `forget` once that is committed. */
    remove: (writer: Writer, poolId: string): void => stored.remove(writer, poolId),
    forget: (poolId: string): void => void opened.delete(poolId),
  }
}

async function newKey(): Promise<Buffer> {
  const { privateKey } = await generate('rsa', { modulusLength: modulusBits })
  return privateKey.export({ type: 'pkcs8', format: 'der' })
}

function openKey(der: Buffer): SigningKey {
  const privateKey = createPrivateKey({ key: der, type: 'pkcs8', format: 'der' })
  const publicKey = createPublicKey(privateKey)
  const { n = '', e = '' } = publicKey.export({ format: 'jwk' })
  // RFC 7638: the thumbprint takes the required members in the order of their names.
  const kid = createHash('sha256')
    .update(JSON.stringify({ e, kty: 'RSA', n }))
    .digest('base64')
  return { kid, privateKey, publicKey, jwk: { n, e } }
}

/** The public half, as `/.well-known/jwks.json` shows it. */
export const publicJwks = (keys: PoolKeys) => ({
  keys: [keys.id, keys.access].map(({ kid, jwk }) => ({
    alg: 'RS256',
    e: jwk.e,
    kid,
    kty: 'RSA',
    n: jwk.n,
    use: 'sig',
  })),
})
