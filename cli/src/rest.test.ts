import { expect, it } from 'vitest'
import { collectGarbage, heapMb, Rest } from './rest.ts'

const quiet = (rest: Rest, seconds: number, heapMb: number): boolean[] =>
  Array.from({ length: seconds }, () => rest.isDue(0.01, heapMb))

it('is due once after ten quiet seconds, when the heap has grown', () => {
  const rest = new Rest(20)

  expect(quiet(rest, 9, 60)).not.toContain(true)
  expect(rest.isDue(0.01, 60)).toBe(true)
  rest.done(24)
  expect(quiet(rest, 20, 31)).not.toContain(true)
  expect(rest.isDue(0.01, 33)).toBe(true)
})

it('is not due while there is work, nor for a heap that is full of data', () => {
  const rest = new Rest(20)

  quiet(rest, 9, 60)
  expect(rest.isDue(0.2, 60)).toBe(false)
  expect(quiet(rest, 9, 60)).not.toContain(true)
  expect(rest.isDue(0.01, 60)).toBe(true)
  expect(quiet(new Rest(20), 20, 400)).not.toContain(true)
})

it('gives back what nothing needs', async () => {
  let garbage: unknown[] = Array.from({ length: 500_000 }, (_, at) => ({ at }))
  const beforeMb = heapMb()
  expect(garbage).toHaveLength(500_000)
  garbage = []

  await collectGarbage()

  expect(beforeMb - heapMb()).toBeGreaterThan(10)
})
