import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { StorageError } from './store.ts'

type Holder = { readonly pid: number; readonly started: string }

/**
 * Claims a data folder for this process: two writers on one folder would each miss what the other keeps in memory.
 * A lock left behind by a killed process is taken over. Returns the release.
 *
 * @throws StorageError naming the process that has the folder
 */
export function lockFolder(folder: string): () => void {
  const file = join(folder, 'lock.json')
  const self: Holder = { pid: process.pid, started: startOf(process.pid) ?? '' }
  for (let attempt = 0; attempt < 2; attempt++) {
    try {
      writeFileSync(file, JSON.stringify(self), { flag: 'wx' })
      return () => rmSync(file, { force: true })
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
    }
    const holder = readHolder(file)
    if (holder !== undefined && isRunning(holder)) {
      throw new StorageError(
        `${folder} is in use by process ${holder.pid}. Stop it first, or choose another folder with --data DIR.`,
      )
    }
    rmSync(file, { force: true })
  }
  throw new StorageError(`${folder} is being opened by another process at this moment. Try again.`)
}

function readHolder(file: string): Holder | undefined {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Holder
  } catch {
    return undefined // cut short by a kill: nobody holds it
  }
}

function isRunning(holder: Holder): boolean {
  const started = startOf(holder.pid)
  // Where the system tells start times, a process id that was given to another process does not count.
  if (started !== undefined && holder.started !== '') return started === holder.started
  try {
    process.kill(holder.pid, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}

/** When a process started, in the kernel's ticks (Linux: field 22 of /proc/PID/stat), or undefined. */
function startOf(pid: number): string | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19]
  } catch {
    return undefined
  }
}
