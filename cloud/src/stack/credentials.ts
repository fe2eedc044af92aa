import type { FindCredential } from '../gateway/index.ts'
import { functionCredential } from '../lambda/index.ts'

/** A lasting access key. */
export type AccessKey = { readonly accessKeyId: string; readonly secretAccessKey: string }

/** The key of a cloud whose options name none. */
const localKey: AccessKey = { accessKeyId: 'local', secretAccessKey: 'local' }

/** The keys whose signatures count: the given ones, `local` with the secret `local` if none is, and the functions'. */
export function credentialFinder(keys: readonly AccessKey[] = [localKey]): FindCredential {
  const known = new Map([...keys, functionCredential].map((key) => [key.accessKeyId, key]))
  return (accessKeyId) => known.get(accessKeyId)
}
