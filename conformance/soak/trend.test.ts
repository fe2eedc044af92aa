import { describe, expect, it } from 'vitest'
import { trendOf } from './trend.ts'

/** The same every time. */
function noise(seed: number): () => number {
  let state = seed
  return () => {
    state = (state * 1_103_515_245 + 12_345) % 2 ** 31
    return state / 2 ** 31 - 0.5
  }
}

const series = (value: (at: number) => number): number[] =>
  Array.from({ length: 1_200 }, (_, at) => value(at))

describe('the trend of memory', () => {
  it('is flat for noise, and for the saw-tooth of a garbage collector', () => {
    const random = noise(1)

    expect(trendOf(series(() => 200 + 20 * random())).kind).toBe('flat')
    expect(trendOf(series((at) => 200 + (at % 17) * 3)).kind).toBe('flat')
  })

  it('leaves out the first half, in which a process warms up', () => {
    const random = noise(2)
    const warming = series((at) => 200 - 100 * Math.exp(-at / 80) + 10 * random())

    expect(trendOf(warming).kind).toBe('flat')
  })

  it('grows for a leak of 10 % of what is taken, hidden in noise', () => {
    const random = noise(3)
    const leak = trendOf(series((at) => 200 + (at / 600) * 20 + 20 * random()))

    expect(leak.kind).toBe('grows')
    expect(leak.growthMb).toBeCloseTo(20, -1)
    expect(leak.growthInterval[0]).toBeGreaterThan(5)
  })

  it('is unclear, not flat, where values wander', () => {
    const random = noise(4)
    let at = 200
    const walk = trendOf(series(() => (at += 4 * random())))

    expect(walk.kind).not.toBe('flat')
    expect(walk.growthInterval[1] - walk.growthInterval[0]).toBeGreaterThan(walk.toleratedMb)
  })

  it('refuses to judge a handful of values', () => {
    expect(() => trendOf([1, 2, 3])).toThrow('too few')
  })
})
