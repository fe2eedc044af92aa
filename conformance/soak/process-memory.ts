import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'

/** What a process takes, in MB. `ownMb` leaves out mapped files: LMDB's data file grows with what is stored. */
export type MemorySample = {
  /** From the start of the watch. */
  readonly atMs: number
  readonly residentMb: number
  readonly ownMb: number
}

const MB_IN_KB = 1024

/** A process's memory now: from /proc on Linux; elsewhere `ps` tells all that is resident, and no more. */
export function memoryOf(pid: number): Omit<MemorySample, 'atMs'> {
  if (process.platform !== 'linux') {
    const resident = Number(execFileSync('ps', ['-o', 'rss=', '-p', String(pid)]).toString())
    return { residentMb: resident / MB_IN_KB, ownMb: resident / MB_IN_KB }
  }
  const status = readFileSync(`/proc/${pid}/status`, 'utf8')
  const fieldMb = (name: string): number =>
    Number(new RegExp(`^${name}:\\s+(\\d+)`, 'm').exec(status)?.[1]) / MB_IN_KB
  return { residentMb: fieldMb('VmRSS'), ownMb: fieldMb('RssAnon') }
}

/** Looks at a process's memory twice a second until `stop`. */
export function watchMemory(pid: number): { readonly stop: () => readonly MemorySample[] } {
  const startedMs = performance.now()
  const samples: MemorySample[] = []
  const timer = setInterval(
    () => samples.push({ atMs: performance.now() - startedMs, ...memoryOf(pid) }),
    500,
  )
  return {
    stop() {
      clearInterval(timer)
      return samples
    },
  }
}
