import { readFileSync } from 'node:fs'

/**
 * Whether this process may take addresses as it likes. Where they are limited (`ulimit -v`, 32 bits), LMDB ends the
 * process when it asks for too many.
 */
export function hasAddresses(): boolean {
  if (process.arch === 'arm' || process.arch === 'ia32') return false
  try {
    return /^Max address space +unlimited/m.test(readFileSync('/proc/self/limits', 'latin1'))
  } catch {
    return process.platform !== 'linux'
  }
}

/** Megabytes of mapped files that lie in this process's memory; undefined where the system does not tell (Linux does). */
export function mappedMb(): number | undefined {
  try {
    const kilobytes = /^RssFile:\s+(\d+) kB$/m.exec(readFileSync('/proc/self/status', 'latin1'))
    return kilobytes === null ? undefined : Number(kilobytes[1]) / 1024
  } catch {
    return undefined
  }
}

/**
 * Watches what a mapped file adds to the process's memory, once a second, and calls `release` when that is more than
 * it should be: when there has been little work for some seconds, or now and then when work never ends.
 *
 * @param uses how often the file has been read or written so far
 * @returns ends it
 */
export function watchMappedMemory(uses: () => number, release: () => void): () => void {
  const otherMb = mappedMb()
  if (otherMb === undefined) return () => undefined
  let usedBefore = uses()
  let secondsOver = 0
  let secondsQuiet = 0
  const timer = setInterval(() => {
    secondsQuiet = uses() - usedBefore > fewUses ? 0 : secondsQuiet + 1
    usedBefore = uses()
    secondsOver = (mappedMb() ?? 0) - otherMb < mappedMbMax ? 0 : secondsOver + 1
    if (secondsOver === 0) return
    if (secondsQuiet < quietSeconds && secondsOver < patienceSeconds) return
    secondsOver = 0
    release()
  }, 1000)
  timer.unref()
  return () => clearInterval(timer)
}

/** Less than this is not worth a release, after which the first reads map their pages again (5 µs each). */
const mappedMbMax = 24
/** A second with fewer uses is quiet: background work looks into the store each second, too. */
const fewUses = 200
/**
 * A shorter pause is part of the work: all that is read after it would have to be mapped again. (After pauses of 4 s, with 3
 * here, reading once in ten million items was a tenth slower.)
 */
const quietSeconds = 10
/** Opening LMDB anew leaves some 0.2 MB of its own behind each time: under lasting work that must stay rare. */
const patienceSeconds = 120
