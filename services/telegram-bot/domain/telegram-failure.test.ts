import { expect, it } from 'vitest'
import { ATTEMPTS_MAX, OWN_ATTEMPTS_MAX, RETRY_WAIT_MS_MAX } from './limits.ts'
import { consequenceOf, consequenceOfOwn } from './telegram-failure.ts'

it.each([
  [
    { code: 429, description: 'Too Many Requests', retryAfterSeconds: 7 },
    { next: 'wait', waitMs: 7_000, counts: false },
  ],
  [{ code: 403, description: 'Forbidden: bot was blocked by the user' }, { next: 'unreachable' }],
  [{ code: 400, description: 'Bad Request: chat not found' }, { next: 'unreachable' }],
  [
    { code: 400, description: 'Bad Request: group chat was upgraded', migratedTo: -5 },
    { next: 'move', to: -5 },
  ],
  [{ code: 400, description: 'Bad Request: message thread not found' }, { next: 'without topic' }],
  [{ code: 400, description: 'Bad Request: message is not modified: …' }, { next: 'done' }],
  [{ code: 400, description: 'Bad Request: message to copy not found' }, { next: 'give up' }],
  [
    { code: 502, description: 'Bad Gateway' },
    { next: 'wait', waitMs: 750, counts: true },
  ],
  [
    { code: 0, description: '' },
    { next: 'wait', waitMs: 750, counts: true },
  ],
])('after %j comes %j', (refusal, consequence) => {
  expect(consequenceOf(refusal, { attempts: 0, once: false }, () => 0.5)).toEqual(consequence)
})

it('waits ever longer, up to a limit, and gives up after the last attempt', () => {
  const failure = { code: 500, description: 'Internal Server Error' }

  const waits = Array.from({ length: ATTEMPTS_MAX - 1 }, (_, attempts) =>
    consequenceOf(failure, { attempts, once: true }, () => 1),
  ).map((each) => (each.next === 'wait' ? each.waitMs : 0))

  expect(waits.slice(0, 4)).toEqual([1_000, 2_000, 4_000, 8_000])
  expect(Math.max(...waits)).toBe(RETRY_WAIT_MS_MAX)
  expect(consequenceOf(failure, { attempts: ATTEMPTS_MAX - 1, once: true }, () => 1)).toEqual({
    next: 'give up',
  })
})

it('gives up sooner what fails for a reason of ours, after growing waits', () => {
  const next = Array.from({ length: OWN_ATTEMPTS_MAX }, (_, attempts) =>
    consequenceOfOwn(attempts, () => 1),
  )

  expect(next.slice(0, 2)).toEqual([
    { next: 'wait', waitMs: 1_000, counts: true },
    { next: 'wait', waitMs: 2_000, counts: true },
  ])
  expect(next.map((each) => each.next)).toEqual([
    ...Array.from({ length: OWN_ATTEMPTS_MAX - 1 }, () => 'wait'),
    'give up',
  ])
})

it('leaves at that what may have been sent and must not be sent twice', () => {
  const lost = { code: 0, description: '', unsure: true }
  const after = (refusal: Parameters<typeof consequenceOf>[0], once: boolean): string =>
    consequenceOf(refusal, { attempts: 0, once }, () => 0.5).next

  expect(after(lost, true)).toBe('leave')
  expect(after(lost, false)).toBe('wait')
  expect(after({ ...lost, unsure: false }, true)).toBe('wait')
})
