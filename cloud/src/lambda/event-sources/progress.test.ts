import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Progress } from './progress.ts'

describe('the position in a shard', () => {
  it('is never ahead of what is not done, in whatever order records finish', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 3000 }),
        fc.infiniteStream(fc.nat()),
        (count, picks) => {
          const progress = new Progress('0')
          const steps = Array.from({ length: count }, (_, i) => progress.begin(String(i + 1)))
          const order = steps
            .map((step) => ({ step, rank: picks.next().value ?? 0 }))
            .sort((a, b) => a.rank - b.rank)

          for (const { step } of order.slice(0, Math.floor(count / 2))) progress.finish(step)
          const undone = steps.findIndex((step) => !step.done)

          expect(progress.position).toBe(String(undone))
          expect(progress.outstanding).toBe(count - undone)
        },
      ),
      { numRuns: 30 },
    )
  })
})
