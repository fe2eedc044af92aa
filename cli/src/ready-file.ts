import { existsSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { CliError } from './cli-error.ts'

/**
 * Makes sure that there is none yet, and that there can be one.
 *
 * @throws CliError where its folder does not exist
 */
export function prepareReadyFile(file: string): void {
  rmSync(file, { force: true })
  if (!existsSync(dirname(file))) {
    throw new CliError(`The ready file ${file} cannot be written: there is no such folder.`)
  }
}

/**
 * For programs that start this one and want to know where it is. The file appears whole, by a rename, so that who
 * waits for it never reads a part. It may hold a password: mode 0600.
 */
export function writeReadyFile(file: string, ready: object): void {
  const draft = join(dirname(file), `.${basename(file)}.${process.pid}`) // hidden: no source that is watched
  writeFileSync(draft, `${JSON.stringify(ready, null, 2)}\n`, { mode: 0o600 })
  renameSync(draft, file)
}
