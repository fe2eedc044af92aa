import { describe, expect, it } from 'vitest'
import { backOffMs, planRetry, wholeChunk } from './retry-plan.ts'

const never = { maximumRetryAttempts: -1, bisectBatchOnFunctionError: false }
const bisect = { maximumRetryAttempts: 0, bisectBatchOnFunctionError: true }

describe('after a failed delivery', () => {
  it('all is delivered again after a wait that doubles', () => {
    const first = planRetry(wholeChunk(['a', 'b']), 0, never)
    const second = planRetry(first.next[0] ?? wholeChunk([]), 0, never)

    expect(first).toMatchObject({ next: [{ records: ['a', 'b'], failures: 1 }], waitMs: 100 })
    expect(second).toMatchObject({ next: [{ failures: 2, invocations: 2 }], waitMs: 200 })
  })

  it('the rest is given up once the retries are used up', () => {
    const rules = { ...never, maximumRetryAttempts: 1 }
    const first = planRetry(wholeChunk(['a', 'b']), 0, rules)

    expect(planRetry(first.next[0] ?? wholeChunk([]), 0, rules)).toEqual({
      next: [],
      discard: ['a', 'b'],
      waitMs: 0,
    })
  })

  it('progress begins a new count for what is left', () => {
    const rules = { ...never, maximumRetryAttempts: 1 }
    const chunk = { records: ['a', 'b', 'c'], failures: 1, waits: 3, invocations: 1 }

    expect(planRetry(chunk, 1, rules)).toEqual({
      next: [{ records: ['b', 'c'], failures: 1, waits: 1, invocations: 2 }],
      discard: [],
      waitMs: 100,
    })
  })

  it('bisecting halves at once, and keeps the quota for single records', () => {
    const { next, waitMs } = planRetry(wholeChunk([1, 2, 3]), 0, bisect)

    expect(next.map((chunk) => chunk.records)).toEqual([[1, 2], [3]])
    expect(waitMs).toBe(0)
    expect(planRetry(wholeChunk([1]), 0, bisect).discard).toEqual([1])
  })

  it('bisecting with a partial answer cuts at the reported record', () => {
    expect(planRetry(wholeChunk([1, 2, 3]), 1, bisect).next).toMatchObject([{ records: [2, 3] }])
  })
})

it('waits never grow past their cap', () => {
  expect([1, 2, 9, 10, 1_000].map(backOffMs)).toEqual([100, 200, 25_600, 30_000, 30_000])
})
