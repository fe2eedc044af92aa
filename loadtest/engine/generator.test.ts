import { afterEach, describe, expect, it } from 'vitest'
import { joinSecond } from '../measure/second.ts'
import { summarize, type Summary } from '../measure/summary.ts'
import type { Scenario, User } from '../scenario/scenario.ts'
import { planFor, testServer } from '../test-server.ts'
import { startGenerator, type Report } from './generator.ts'
import type { Plan } from './plan.ts'

const seat = { worker: 0, workers: 1 }
const closing: (() => void)[] = []
afterEach(() => {
  for (const close of closing.splice(0)) close()
})

async function serve(...handle: Parameters<typeof testServer>): Promise<string> {
  const server = await testServer(...handle)
  closing.push(server.close)
  return server.url
}

const oneStep = (run: (user: User) => Promise<unknown>): Scenario => ({
  name: 'test',
  description: '',
  steps: [{ name: 'step', weight: 1, run: async (user) => void (await run(user)) }],
})
/** Longer than any of these runs: they end by themselves. */
const minute = { name: 'fixed', durationMs: 60_000 } as const
const getAll = oneStep((user) => user.send('GET', 'GET', user.url('x')))

async function generate(plan: Plan, scenario: Scenario = getAll) {
  const reports: Report[] = []
  await startGenerator(plan, seat, scenario, undefined, (each) => reports.push(each)).done
  const seconds = reports.flatMap((each) =>
    each.kind === 'second' ? [joinSecond(each.figures.second, [each.figures])] : [],
  )
  const done = reports.findLast((each) => each.kind === 'done')
  const elapsedMs = done?.kind === 'done' ? done.elapsedMs : 0
  const summary: Summary = summarize(seconds, elapsedMs / 1000)
  return { reports, summary, elapsedMs }
}

describe('against a server with known delays and stalls', () => {
  it('no request is measured as shorter than it was, and all are counted', async () => {
    // Of 20 answers 17 take 20 ms, 2 take 60 ms and 1 takes 120 ms.
    const url = await serve((_, response, count) => {
      const delayMs = count % 20 === 0 ? 120 : count % 10 === 5 ? 60 : 20
      setTimeout(() => response.end('ok'), delayMs)
    })

    const { all } = (await generate(planFor(url, { users: 20, runs: 20, profile: minute }))).summary

    expect(all.count).toBe(400)
    expect(all.p50Ms).toBeGreaterThanOrEqual(19)
    expect(all.p90Ms).toBeGreaterThanOrEqual(59)
    expect(all.p99Ms).toBeGreaterThanOrEqual(119)
    expect(all.averageMs).toBeGreaterThanOrEqual(28)
  })

  it('the open model tells a stall to all who came during it', async () => {
    const stallMs = 400
    let stalledUntilMs = 0
    const url = await serve((_, response, count) => {
      if (count === 50) stalledUntilMs = performance.now() + stallMs
      setTimeout(() => response.end('ok'), Math.max(0, stalledUntilMs - performance.now()))
    })
    const plan = planFor(url, { rate: 100, connectionsMax: 4 })

    const { all } = (await generate(plan)).summary

    expect(all.count).toBeGreaterThanOrEqual(99)
    expect(all.count).toBeLessThanOrEqual(101)
    // About 40 of 100 arrivals waited: the slowest tenth are those that came first.
    expect(all.maxMs).toBeGreaterThanOrEqual(stallMs * 0.95)
    expect(all.p90Ms).toBeGreaterThan(stallMs * 0.6)
  })
})

describe('the closed model', () => {
  it('counts what fails by its kind: statuses, no answers, checks and bugs', async () => {
    const url = await serve((request, response, count) => {
      if (count % 4 === 0) request.socket.destroy()
      else response.writeHead(count % 4 === 1 ? 503 : 200).end('{}')
    })
    const scenario = oneStep(async (user) => {
      const answer = await user.send('GET', 'GET', user.url('x'))
      user.check('never', false)
      if (answer.status === 200) throw new TypeError('a bug')
    })

    const { summary, reports } = await generate(
      planFor(url, { profile: minute, runs: 40 }),
      scenario,
    )

    expect(summary.all.count).toBe(40)
    expect(summary.all.errors).toEqual({
      'http 503': 10,
      'transport ECONNRESET': 10,
      'check never': 20,
      'scenario step': 20,
    })
    expect(summary.all.failed).toBe(20)
    const told = reports.flatMap((each) => (each.kind === 'failure' ? [each.key] : []))
    expect(told.toSorted()).toEqual([
      'check never',
      'http 503',
      'scenario step',
      'transport ECONNRESET',
    ])
  })

  it('does not count an expected status as an error', async () => {
    const url = await serve((_, response) => response.writeHead(404).end())
    const scenario = oneStep((user) => user.send('GET', 'GET', user.url('x'), { expect: [404] }))

    const { summary } = await generate(
      planFor(url, { profile: minute, runs: 3, users: 2 }),
      scenario,
    )

    expect(summary.all).toMatchObject({ count: 6, failed: 0, errors: {} })
    expect(summary.iterations).toBe(6)
  })

  it('gives up on what takes too long', async () => {
    const url = await serve(() => undefined)

    const { summary } = await generate(planFor(url, { profile: minute, runs: 1, timeoutMs: 150 }))

    expect(summary.all.errors).toEqual({ 'transport timeout': 1 })
  })

  it('says when nobody listens', async () => {
    const { summary } = await generate(planFor('http://127.0.0.1:1', { runs: 2 }))

    expect(summary.all.errors).toEqual({ 'transport ECONNREFUSED': 2 })
  })

  it('ends at the first failure when asked to', async () => {
    const url = await serve((_, response, count) =>
      response.writeHead(count === 3 ? 500 : 200).end(),
    )

    const { summary, elapsedMs } = await generate(
      planFor(url, { stopOnFailure: true, profile: minute }),
    )

    expect(summary.all.errors).toEqual({ 'http 500': 1 })
    expect(summary.all.count).toBe(3)
    expect(elapsedMs).toBeLessThan(5000)
  })

  it('hands out the data in turn and does the same for the same seed', async () => {
    const seen: string[] = []
    const url = await serve((request, response) => {
      seen.push(request.url ?? '')
      response.end()
    })
    const scenario = oneStep((user) =>
      user.send(
        'GET',
        'GET',
        `${user.url('x')}?row=${user.row['n']}&r=${user.random().toFixed(6)}`,
      ),
    )
    const data = [{ n: 'a' }, { n: 'b' }, { n: 'c' }]

    await generate(planFor(url, { profile: minute, runs: 6, data }), scenario)
    await generate(planFor(url, { profile: minute, runs: 6, data }), scenario)

    expect(seen.slice(0, 4).map((each) => /row=(.)/.exec(each)?.[1])).toEqual(['a', 'b', 'c', 'a'])
    expect(seen.slice(0, 6)).toEqual(seen.slice(6))
  })

  it('pauses between steps', async () => {
    const url = await serve((_, response) => response.end())

    const { elapsedMs } = await generate(planFor(url, { profile: minute, runs: 4, delayMs: 50 }))

    expect(elapsedMs).toBeGreaterThanOrEqual(140)
  })

  it('refuses a step that is not there', async () => {
    const plan = planFor('http://127.0.0.1:1', { step: 'other' })

    expect(() => startGenerator(plan, seat, getAll, undefined, () => undefined)).toThrow(
      'has no step other. It has: step.',
    )
  })
})
