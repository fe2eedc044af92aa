import { expect, it } from 'vitest'
import { noDurations } from '../measure/histogram.ts'
import { csvOf } from './csv.ts'
import { parseDuration } from './durations.ts'
import { generatorOf } from './generator-figures.ts'
import { clockText, countText, msText, percentText } from './numbers.ts'

const quiet = {
  second: 0,
  requests: {},
  errors: {},
  iterations: 0,
  users: 1,
  busy: 0.2,
  lagMs: 1,
  cpu: 0.2,
}

it.each([
  ['500ms', 500],
  ['30s', 30_000],
  ['10m', 600_000],
  ['1h30m', 5_400_000],
  ['1.5', 1500],
  ['soon', undefined],
  ['10 m', undefined],
  ['-5s', undefined],
])('reads %s as %s ms', (text, ms) => {
  expect(parseDuration(text)).toBe(ms)
})

it('writes numbers as people read them', () => {
  expect([0.417, 7.123, 99.96, 2310.4].map(msText)).toEqual(['0.42', '7.1', '100.0', '2,310'])
  expect([0, 999, 1000, 1_234_567].map(countText)).toEqual(['0', '999', '1,000', '1,234,567'])
  expect([0, 0.00001, 0.0123, 0.5].map(percentText)).toEqual(['0 %', '<0.01 %', '1.23 %', '50.0 %'])
  expect(clockText(725_900)).toBe('12:05')
})

it('writes a line a second and request as CSV', () => {
  const request = {
    durations: { count: 1, sumMs: 5, maxMs: 5, counts: [200, 1] },
    errors: { 'http 503': 1 },
  }
  const csv = csvOf([
    { ...quiet, requests: { 'GET "a", b': request, idle: { durations: noDurations, errors: {} } } },
  ])

  const lines = csv.split('\r\n')
  expect(lines[0]).toContain('second,request,users,count,average_ms')
  expect(lines[1]).toBe('0,*,1,1,5.000,0.200,0.200,0.200,0.200,5.000,1,0,0,0,0.200,1.0')
  expect(lines[2]).toContain('0,"GET ""a"", b",1,1,')
  expect(lines[3]).toBe('0,idle,1,0,,,,,,,0,0,0,0,0.200,1.0')
})

it('warns when the generator is the limit, not for a single busy second', () => {
  const seconds = Array.from({ length: 20 }, () => quiet)

  expect(generatorOf(seconds).warning).toBeUndefined()
  expect(generatorOf(seconds.with(0, { ...quiet, busy: 1 })).warning).toBeUndefined()
  expect(generatorOf(seconds.map((each) => ({ ...each, busy: 0.97 }))).warning).toContain(
    `in ${seconds.length} of ${seconds.length} seconds`,
  )
  expect(generatorOf(seconds.map((each) => ({ ...each, lagMs: 180 }))).warning).toContain('180 ms')
})
