import { describe, expect, it } from 'vitest'
import { picker } from './pick.ts'
import { seededRandom } from './random.ts'

describe('picker', () => {
  it('chooses in proportion to the weights', () => {
    const pick = picker([
      { name: 'a', weight: 1 },
      { name: 'never', weight: 0 },
      { name: 'b', weight: 3 },
    ])
    const random = seededRandom(1)
    const counts = new Map<string, number>()

    for (let n = 0; n < 10_000; n++) {
      const { name } = pick(random)
      counts.set(name, (counts.get(name) ?? 0) + 1)
    }

    expect(counts.get('never')).toBeUndefined()
    expect(counts.get('a')).toBeGreaterThan(2300)
    expect(counts.get('a')).toBeLessThan(2700)
  })

  it('chooses the same for the same seed', () => {
    const pick = picker([{ weight: 1 }, { weight: 1 }, { weight: 1 }])
    const choices = (seed: number) => {
      const random = seededRandom(seed)
      return Array.from({ length: 50 }, () => pick(random))
    }

    expect(choices(7)).toEqual(choices(7))
  })

  it('refuses a scenario that would do nothing', () => {
    expect(() => picker([{ weight: 0 }])).toThrow('a step with a weight')
  })
})
