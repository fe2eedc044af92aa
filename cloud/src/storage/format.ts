import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { StorageError } from './store.ts'

/** Raised by every change of the layout that older data would be misread under. */
const formatVersion = 5

/**
 * Writes the version into a new folder, refuses a folder of another version.
 *
 * @throws StorageError naming both versions
 */
export function checkFormat(folder: string): void {
  const file = join(folder, 'FORMAT')
  if (!existsSync(file)) {
    if (existsSync(join(folder, 'data.mdb'))) throw foreign(folder, 'unknown')
    writeFileSync(file, `${JSON.stringify({ format: formatVersion })}\n`)
    return
  }
  const found = /"format":\s*(\d+)/.exec(readFileSync(file, 'utf8'))?.[1]
  if (found !== String(formatVersion)) throw foreign(folder, found ?? 'unknown')
}

const foreign = (folder: string, found: string): StorageError =>
  new StorageError(
    `${folder} holds data of format ${found}; this version reads format ${formatVersion}. ` +
      'Use another folder (--data DIR), or the version of Cloudlet that wrote it.',
  )
