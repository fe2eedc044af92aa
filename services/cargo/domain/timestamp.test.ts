import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { canonicalTimestamp, daysOf, hourOf, hourWindow, readTimestamp } from './timestamp.ts'

const moment = fc.date({
  min: new Date('0001-01-02T00:00:00Z'),
  max: new Date('9998-12-30T00:00:00Z'),
  noInvalidDate: true,
})

describe('readTimestamp', () => {
  it.each([
    ['2026-11-21T10:12:44Z', '2026-11-21T10:12:44Z'],
    ['2026-11-21T10:12:44.120Z', '2026-11-21T10:12:44.120Z'],
    ['2026-11-21 10:12:44', '2026-11-21T10:12:44Z'],
    ['2026-11-21 10:12:44.123456', '2026-11-21T10:12:44.123456Z'],
    ['2026-11-21T10:12:44', '2026-11-21T10:12:44Z'],
    ['2026-11-21T10:12+02:00', '2026-11-21T08:12:00Z'],
    ['2026-11-21T23:30:00-0130', '2026-11-22T01:00:00Z'],
    ['2026-11-21', '2026-11-21T00:00:00Z'],
    ['2024-02-29T00:00:00z', '2024-02-29T00:00:00Z'],
  ])('reads %s as %s', (text, expected) => {
    expect(readTimestamp(text)).toBe(expected)
  })

  it.each([
    '',
    'yesterday',
    '2026-02-29T00:00:00Z',
    '2026-13-01T00:00:00Z',
    '2026-11-21T24:00:00Z',
    '2026-11-21T10:60:00Z',
    '2026-11-21T10:00:60Z',
    '2026-11-21T10:00:00+24:00',
    '21/11/2026 10:00:00',
    '2026-11-21T10:12:44Z and more',
    '1763720000',
    '0000-01-01T00:00:00+23:00',
  ])('refuses %j', (text) => {
    expect(readTimestamp(text)).toBeUndefined()
  })

  it('keeps the instant, whatever the zone it is written in', () => {
    const minutes = fc.integer({ min: -23 * 60 - 59, max: 23 * 60 + 59 })

    fc.assert(
      fc.property(moment, minutes, (time, ahead) => {
        const local = new Date(time.getTime() + ahead * 60_000).toISOString().slice(0, -1)
        const two = (value: number): string => String(Math.trunc(value)).padStart(2, '0')
        const size = Math.abs(ahead)
        const zone = `${ahead < 0 ? '-' : '+'}${two(size / 60)}:${two(size % 60)}`

        expect(readTimestamp(local + zone)).toBe(time.toISOString())
      }),
    )
  })
})

it('writes one instant in one way', () => {
  expect(canonicalTimestamp('2026-11-21T10:12:44.120Z')).toBe('2026-11-21T10:12:44.12Z')
  expect(canonicalTimestamp('2026-11-21T10:12:44.000Z')).toBe('2026-11-21T10:12:44Z')
  expect(canonicalTimestamp('2026-11-21T10:12:40Z')).toBe('2026-11-21T10:12:40Z')
})

it('puts a moment into its hour in UTC', () => {
  fc.assert(
    fc.property(moment, (time) => {
      const start = Date.parse(hourOf(time.toISOString()))

      expect(time.getTime() - start).toBeGreaterThanOrEqual(0)
      expect(time.getTime() - start).toBeLessThan(3_600_000)
      expect(Math.abs(start % 3_600_000)).toBe(0)
    }),
  )
})

describe('hourWindow', () => {
  it('holds every hour that overlaps with the last ones', () => {
    const window = hourWindow(new Date('2026-11-21T10:12:44.120Z'), 24)

    expect(window).toEqual({ first: '2026-11-20T10:00:00Z', last: '2026-11-21T10:00:00Z' })
    expect(daysOf(window)).toEqual(['2026-11-21', '2026-11-20'])
  })

  it('takes no more than eight days for a week', () => {
    fc.assert(
      fc.property(moment, (time) => {
        expect(daysOf(hourWindow(time, 168)).length).toBe(8)
      }),
    )
  })
})
