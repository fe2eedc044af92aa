import { describe, expect, it } from 'vitest'
import { recordsDone } from './batch-answer.ts'

const done = (payload: string): number =>
  recordsDone({ payload, requestId: 'r' }, ['1', '2', '3'], true)
const failed = (...ids: unknown[]): string =>
  JSON.stringify({ batchItemFailures: ids.map((itemIdentifier) => ({ itemIdentifier })) })

describe('the answer of a function that reports item failures', () => {
  it.each(['', 'null', '{}', '{"batchItemFailures":null}', '{"batchItemFailures":[]}'])(
    'is a success: %s',
    (payload) => expect(done(payload)).toBe(3),
  )

  it('names the lowest record to go back to', () => {
    expect(done(failed('3', '2'))).toBe(1)
    expect(done(failed('1'))).toBe(0)
  })

  it.each([
    failed(''),
    failed(null),
    failed('9'),
    '{"batchItemFailures":[{"bad":"1"}]}',
    '{"batchItemFailures":"1"}',
    '"text"',
    'not JSON',
  ])('is a failure of the whole batch: %s', (payload) => expect(done(payload)).toBe(0))

  it('is a failure whenever the function failed', () => {
    const answer = { payload: 'null', functionError: 'Unhandled', requestId: 'r' } as const

    expect(recordsDone(answer, ['1'], true)).toBe(0)
    expect(recordsDone(answer, ['1'], false)).toBe(0)
  })

  it('is not looked at when it is not asked for', () => {
    expect(recordsDone({ payload: failed('1'), requestId: 'r' }, ['1', '2'], false)).toBe(2)
  })
})
