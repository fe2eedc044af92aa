import { describe, expect, it } from 'vitest'
import { shapeOf, usersAt } from './profile.ts'

const users = (name: 'fixed' | 'ramp-up' | 'spike' | 'peak', rampUpMs?: number) => {
  const shape = shapeOf({ name, durationMs: 1000, ...(rampUpMs === undefined ? {} : { rampUpMs }) })
  return [0, 100, 200, 300, 400, 500, 600, 700, 800, 900, 999].map((ms) => usersAt(shape(ms), 20))
}

describe('the profiles', () => {
  it('fixed: all throughout', () => {
    expect(new Set(users('fixed'))).toEqual(new Set([20]))
  })

  it('fixed, with a ramp: grows from nothing', () => {
    expect(users('fixed', 400)).toEqual([1, 5, 10, 15, 20, 20, 20, 20, 20, 20, 20].with(0, 0))
  })

  it('ramp-up: from a quarter to all, then held', () => {
    expect(users('ramp-up')).toEqual([5, 8, 11, 14, 17, 20, 20, 20, 20, 20, 20])
    expect(users('ramp-up', 200).slice(0, 3)).toEqual([5, 13, 20])
  })

  it('spike: a tenth, all, a tenth', () => {
    expect(users('spike')).toEqual([2, 2, 2, 2, 2, 20, 2, 2, 2, 2, 2])
  })

  it('peak: a fifth, all for a while, a fifth', () => {
    expect(users('peak')).toEqual([4, 4, 4, 12, 20, 20, 20, 12, 4, 4, 4])
  })

  it('staircase: grows by a factor at every step', () => {
    const shape = shapeOf({
      name: 'staircase',
      durationMs: 9e9,
      stepMs: 100,
      firstShare: 0.1,
      growth: 2,
    })

    expect([0, 99, 100, 250, 399, 400, 900].map(shape)).toEqual([0.1, 0.1, 0.2, 0.4, 0.8, 1, 1])
  })

  it('has at least one user where there is any load', () => {
    expect(usersAt(0.1, 3)).toBe(1)
    expect(usersAt(0, 3)).toBe(0)
  })
})
