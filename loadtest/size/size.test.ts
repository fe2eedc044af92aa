import { expect, it } from 'vitest'
import { noDurations } from '../measure/histogram.ts'
import { sizeFinder, sizing } from './size.ts'

const second = (count: number, errors: number) => ({
  second: 0,
  requests: { GET: { durations: { ...noDurations, count }, errors: { 'http 503': errors } } },
  errors: {},
  iterations: count,
  users: 1,
  busy: 0,
  lagMs: 0,
  cpu: 0,
})

it('grows while at most 5 % fail, and names the last good size', () => {
  const finder = sizeFinder(sizing(10, 1000), 1000)
  const secondsOf = (count: number, errors: number) =>
    Array.from({ length: 5 }, () => second(count, errors))

  const goesOn = [...secondsOf(100, 0), ...secondsOf(150, 7), ...secondsOf(160, 40)].map((each) =>
    finder.onSecond(each),
  )

  expect(goesOn.indexOf(false)).toBe(14)
  expect(finder.steps().map((step) => step.users)).toEqual([10, 15, 23])
  expect(finder.size()).toMatchObject({ users: 15, perSecond: 150 })
})

it('ends when there are no more users to add', () => {
  const finder = sizeFinder(sizing(10, 10), 10)

  const goesOn = Array.from({ length: 5 }, () => finder.onSecond(second(10, 0)))

  expect(goesOn).toEqual([true, true, true, true, false])
})
