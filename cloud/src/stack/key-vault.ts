import { hkdfSync } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Ids } from '../kernel/index.ts'
import { makeFolder } from '../storage/index.ts'

/** Secrets of this cloud, kept outside the data store. */
export type KeyVault = {
  /** 32 bytes, the same at every call and after every restart. */
  readonly secret: (name: string) => Buffer
}

const masterBytes = 32

/**
 * Opens the vault of a data folder: `<folder>/keys`, one line of hexadecimal, readable by its owner alone, made once.
 * Each secret is derived from it by HKDF-SHA256 with the secret's name.
 *
 * @param folder none keeps the secrets in memory
 * @throws Error when the file is damaged: what was sealed under it could not be opened any more
 */
export function openKeyVault(ids: Ids, folder?: string): KeyVault {
  const master = folder === undefined ? ids.bytes(masterBytes) : masterOf(ids, folder)
  const known = new Map<string, Buffer>()
  return {
    secret(name) {
      let secret = known.get(name)
      if (secret === undefined) {
        secret = Buffer.from(hkdfSync('sha256', master, '', `cloudlet/${name}`, masterBytes))
        known.set(name, secret)
      }
      return Buffer.from(secret)
    },
  }
}

function masterOf(ids: Ids, folder: string): Buffer {
  const file = join(folder, 'keys')
  if (existsSync(file)) {
    const master = Buffer.from(readFileSync(file, 'utf8').trim(), 'hex')
    if (master.length === masterBytes) return master
    throw new Error(`${file} is damaged: it must hold ${masterBytes * 2} hexadecimal digits.`)
  }
  makeFolder(folder)
  const master = ids.bytes(masterBytes)
  writeFileSync(file, `${master.toString('hex')}\n`, { mode: 0o600, flag: 'wx' })
  return master
}
