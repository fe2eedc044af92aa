import { describe, expect, it } from 'vitest'
import { manualClock } from '../../kernel/index.ts'
import { rateLimit } from './rate-limit.ts'

describe('a rate limit', () => {
  it('lets a burst through, then so many a second, for each caller by itself', () => {
    const clock = manualClock()
    const limit = rateLimit(clock, { perSecond: 2, burst: 3 })

    expect([limit('a'), limit('a'), limit('a'), limit('a'), limit('b')]).toEqual([
      true,
      true,
      true,
      false,
      true,
    ])

    clock.advance(500)
    expect([limit('a'), limit('a')]).toEqual([true, false])
    clock.advance(60_000)
    expect([limit('a'), limit('a'), limit('a'), limit('a')]).toEqual([true, true, true, false])
  })
})
