import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { HttpAnswer } from '../http/answer.ts'
import { joinSecond } from '../measure/second.ts'
import { summarize, type Figures } from '../measure/summary.ts'
import type { Scenario } from '../scenario/scenario.ts'
import { planFor } from '../test-server.ts'
import { startGenerator, type Report } from './generator.ts'
import type { Plan } from './plan.ts'
import type { Client } from './target.ts'

/*
 * The arithmetic of the two models, to the millisecond: in virtual time, against a server whose every delay is
 * known. `generator.test.ts` has the same with real sockets and real time.
 */

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

const scenario: Scenario = {
  name: 'test',
  description: '',
  steps: [
    {
      name: 'step',
      weight: 1,
      run: async (user) => void (await user.send('GET', 'GET', 'http://server.example/')),
    },
  ],
}

/** A server that takes `delayOf(request's number, now)` ms; it answers one after the other where `lanes` is 1. */
function serverTaking(delayOf: (count: number, nowMs: number) => number, lanes = Infinity): Client {
  const startMs = performance.now()
  const freeAtMs: number[] = []
  let count = 0
  return {
    send() {
      const nowMs = performance.now() - startMs
      const delayMs = delayOf(++count, nowMs)
      const lane = count % Math.min(lanes, 1e6)
      const beginMs = lanes === Infinity ? nowMs : Math.max(nowMs, freeAtMs[lane] ?? 0)
      freeAtMs[lane] = beginMs + delayMs
      return new Promise((resolve) => {
        const answer = new HttpAnswer(200, 'HTTP/1.1 200 OK', Buffer.alloc(0))
        setTimeout(() => resolve(answer), beginMs + delayMs - nowMs)
      })
    },
    close: () => undefined,
  }
}

async function figuresOf(rest: Partial<Plan>, client: Client): Promise<Figures> {
  const reports: Report[] = []
  const plan = planFor('http://server.example', rest)
  const { done } = startGenerator(
    plan,
    { worker: 0, workers: 1 },
    scenario,
    undefined,
    (report) => void reports.push(report),
    client,
  )
  await vi.advanceTimersByTimeAsync(plan.profile.durationMs + 10_000)
  await done
  const seconds = reports.flatMap((each) =>
    each.kind === 'second' ? [joinSecond(each.figures.second, [each.figures])] : [],
  )
  return summarize(seconds, plan.profile.durationMs / 1000).all
}

/** To two digits: a histogram's buckets are 0.4 % wide, a timer's turn is a millisecond. */
const roughly = (figures: Figures): Record<string, number> =>
  Object.fromEntries(
    Object.entries(figures).flatMap(([name, value]) =>
      typeof value === 'number' ? [[name, Number(value.toPrecision(2))]] : [],
    ),
  )

describe('the closed model', () => {
  it('knows the percentiles of a mix of delays', async () => {
    const mixOf = (count: number): number => (count % 100 === 0 ? 500 : count % 20 === 0 ? 120 : 20)

    const all = await figuresOf(
      { users: 10, profile: { name: 'fixed', durationMs: 20_000 } },
      serverTaking(mixOf),
    )

    expect(roughly(all)).toMatchObject({
      p50Ms: 20,
      p90Ms: 20,
      p95Ms: 20,
      p99Ms: 120,
      maxMs: 500,
      averageMs: 29,
    })
  })

  it('sends as much as its users can: each waits for its answer', async () => {
    const all = await figuresOf(
      { users: 5, profile: { name: 'fixed', durationMs: 10_000 } },
      serverTaking(() => 50),
    )

    expect(all.count).toBe(5 * 200)
  })

  it('sees a stall once for each user', async () => {
    const stalls = (_: number, nowMs: number): number =>
      nowMs >= 5000 && nowMs < 7000 ? 7000 - nowMs + 10 : 10

    const all = await figuresOf(
      { users: 1, profile: { name: 'fixed', durationMs: 10_000 } },
      serverTaking(stalls),
    )

    expect(roughly(all)).toMatchObject({ maxMs: 2000, p99Ms: 10 })
  })
})

describe('the open model', () => {
  it('sees a stall for everyone who came during it', async () => {
    // 100 arrivals a second for 10 s; the server stands still for 2 s of them. So 200 of 1,000 wait, from 2,000 ms
    // down to nothing: of all, the slowest 1 % more than 1,900 ms, the slowest 10 % more than 1,000 ms.
    const stalls = (_: number, nowMs: number): number =>
      nowMs >= 5000 && nowMs < 7000 ? 7000 - nowMs : 0

    const all = await figuresOf(
      { rate: 100, profile: { name: 'fixed', durationMs: 10_000 } },
      serverTaking(stalls),
    )

    expect(all.count).toBe(1000)
    expect(roughly(all)).toMatchObject({
      maxMs: 2000,
      p99Ms: 1900,
      p95Ms: 1500,
      p90Ms: 1000,
    })
    expect(all.p50Ms).toBeLessThanOrEqual(1.1)
  })

  it('sees a line grow in front of a server that cannot keep up', async () => {
    // One lane of 20 ms serves 50 a second: at 100 a second everyone waits 10 ms longer than the one before.
    const all = await figuresOf(
      { rate: 100, profile: { name: 'fixed', durationMs: 1000 } },
      serverTaking(() => 20, 1),
    )

    expect(roughly(all)).toMatchObject({ maxMs: 1000, p50Ms: 510 })
  })
})
