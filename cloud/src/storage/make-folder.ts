import { mkdirSync, statSync } from 'node:fs'
import { dirname } from 'node:path'
import { StorageError } from './store.ts'

/**
 * Makes a folder and those above it that are missing. Node's own `recursive` tries for ever where the system says that
 * a folder cannot be there although the one above is (`/proc/x`).
 *
 * @throws StorageError naming the folder and what is in the way
 */
export function makeFolder(folder: string): void {
  try {
    make(folder)
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause)
    throw new StorageError(`The folder ${folder} cannot be made: ${reason}`, { cause })
  }
}

function make(folder: string): void {
  if (isFolder(folder)) return
  const above = dirname(folder)
  if (above !== folder) make(above)
  try {
    mkdirSync(folder)
  } catch (error) {
    if (!isFolder(folder)) throw error // otherwise another process has made it in the meantime
  }
}

const isFolder = (path: string): boolean =>
  statSync(path, { throwIfNoEntry: false })?.isDirectory() === true
