import { describe, expect, it } from 'vitest'
import { loadUnderFaults } from './load-under-faults.ts'
import { slowDisk } from './slow-disk.ts'

const TEST_MS = 180_000
const DISK_DELAY_MS = 5

describe('orders under load', () => {
  it(
    'count once each when the cloud is stopped, killed and started again under its clients',
    async () => {
      const found = await loadUnderFaults({
        ordersPerSecond: 40,
        lives: [
          { ms: 2_500, end: 'SIGTERM' },
          { ms: 2_500, end: 'SIGKILL' },
        ],
      })

      expect(found.problems).toEqual([])
      expect(found.acknowledged.size).toBeGreaterThan(100)
      expect([...found.answers.keys()].join()).toContain('ECONNREFUSED')
    },
    TEST_MS,
  )

  it(
    'count once each when functions die in the midst of them, of a crash or of their memory',
    async () => {
      const found = await loadUnderFaults({
        ordersPerSecond: 50,
        frail: true,
        lives: [{ ms: 8_000, end: 'SIGTERM' }],
      })

      expect(found.problems).toEqual([])
      expect(found.acknowledged.size).toBeGreaterThan(200)
      expect(found.answers.get('500 Internal Server Error')).toBeGreaterThan(0)
    },
    TEST_MS,
  )

  const slow = slowDisk(DISK_DELAY_MS)
  // strace slows the disk; where it is missing there is no honest way without root.
  it.skipIf(slow === undefined)(
    'count once each when every write waits for a slow disk',
    async () => {
      const found = await loadUnderFaults({
        ordersPerSecond: 20,
        slowDisk: slow ?? [],
        lives: [{ ms: 5_000, end: 'SIGKILL' }],
      })

      expect(found.problems).toEqual([])
      expect(found.acknowledged.size).toBeGreaterThan(60)
      expect(found.medianMs).toBeGreaterThan(2 * DISK_DELAY_MS) // the disk is slow indeed
    },
    TEST_MS,
  )
})
