import fc from 'fast-check'
import { expect, it } from 'vitest'
import { PACE_CHAT, PACE_GROUP, PACE_OVERALL } from '../domain/limits.ts'
import { pace } from './pace.ts'

const within = (moments: readonly number[], windowMs: number): number =>
  Math.max(
    0,
    ...moments.map((from) => moments.filter((at) => at >= from && at < from + windowMs).length),
  )

it('never gives out more than Telegram takes in any window', () => {
  const steps = fc.array(fc.tuple(fc.constantFrom(1, 2, 3, -1, -2), fc.nat(400)), {
    maxLength: 200,
  })
  fc.assert(
    fc.property(steps, (calls) => {
      const { reserve } = pace()
      const given: { chat: number; atMs: number }[] = []
      let nowMs = 1_000_000
      for (const [chat, laterMs] of calls) {
        nowMs += laterMs
        given.push({ chat, atMs: nowMs + reserve(chat, 1, nowMs) })
      }

      const all = given.map(({ atMs }) => atMs).toSorted((a, b) => a - b)
      expect(within(all, PACE_OVERALL.windowMs)).toBeLessThanOrEqual(PACE_OVERALL.count)
      for (const chat of [1, 2, 3, -1, -2]) {
        const { count, windowMs } = chat < 0 ? PACE_GROUP : PACE_CHAT
        const own = given.filter((each) => each.chat === chat).map(({ atMs }) => atMs)
        expect(within(own, windowMs)).toBeLessThanOrEqual(count)
      }
    }),
    { numRuns: 50 },
  )
})

it('lets a conversation pass at once', () => {
  const { reserve } = pace()

  expect([1, 2, 3].map(() => reserve(7, 1, 0))).toEqual([0, 0, 0])
  expect(reserve(7, 1, 0)).toBeGreaterThanOrEqual(PACE_CHAT.windowMs)
})
