import { readFileSync } from 'node:fs'

/**
 * Processor time that a thread of this process has used, in milliseconds: the first field of Linux's schedstat, in
 * nanoseconds. Undefined where the system does not tell.
 *
 * @param systemId the thread's number as the system knows it; 0 where it is not known
 */
export function threadCpuMs(systemId: number): number | undefined {
  if (systemId === 0) return undefined
  try {
    const text = readFileSync(`/proc/self/task/${systemId}/schedstat`, 'latin1')
    return Number.parseInt(text, 10) / 1e6
  } catch {
    return undefined
  }
}
