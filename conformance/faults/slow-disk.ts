import { spawnSync } from 'node:child_process'

const CALLS = 'pwrite64,pwritev,fdatasync,fsync,msync'

/**
 * Runs a process with a slow disk: strace holds every call by which LMDB writes, in the kernel, for so long. The
 * process itself becomes the child (-D), so that signals reach it. Undefined where strace is missing or may not trace.
 */
export function slowDisk(delayMs: number): readonly string[] | undefined {
  const options = `-D -f -qq --seccomp-bpf -o /dev/null -e trace=${CALLS}`
  const words = [
    'strace',
    ...options.split(' '),
    '-e',
    `inject=${CALLS}:delay_enter=${delayMs * 1000}`,
  ]
  const { status } = spawnSync('strace', [...words.slice(1), 'true'], { stdio: 'ignore' })
  return status === 0 ? words : undefined
}
