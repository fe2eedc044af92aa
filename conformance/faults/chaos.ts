import { loadUnderFaults, type Life } from './load-under-faults.ts'
import { slowDisk } from './slow-disk.ts'

const DISK_DELAY_MS = 2

/**
 * Everything at once: orders at a rate, functions that die, a disk that is slow, and a cloud that is stopped and
 * killed in turn.
 *
 * @returns what does not hold; empty when all does
 */
export async function loadChaos(
  ends: number,
  progress: (line: string) => void,
): Promise<readonly string[]> {
  const slow = slowDisk(DISK_DELAY_MS)
  progress(slow === undefined ? 'without a slow disk: strace is missing' : 'with a slow disk')
  const lives = Array.from({ length: ends }, (_, at): Life => ({
    ms: 2_500 + ((at * 700) % 3_000),
    end: at % 2 === 0 ? 'SIGTERM' : 'SIGKILL',
  }))
  const { acknowledged, answers, problems } = await loadUnderFaults({
    ordersPerSecond: 30,
    frail: true,
    ...(slow === undefined ? {} : { slowDisk: slow }),
    lives,
    progress,
  })
  progress(`${acknowledged.size} orders acknowledged, ${problems.length} problems; answers:`)
  for (const [answer, count] of answers) progress(`  ${count} × ${answer}`)
  return problems
}
