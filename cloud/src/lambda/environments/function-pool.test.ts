import { afterEach, describe, expect, test } from 'vitest'
import { startLambda, type TestLambda, type TestLambdaOptions } from '../test-lambda.ts'

let open: TestLambda | undefined
afterEach(async () => open?.close())
function start(options?: TestLambdaOptions): TestLambda {
  open = startLambda(options)
  return open
}

/** A function whose every invocation waits until the test lets it go: it calls the cloud, which answers late. */
const HELD = `exports.handler = async () => (await fetch('http://localhost:4566/')).status`

function holding() {
  const held: (() => void)[] = []
  let arrived: () => void = () => {}
  return {
    held,
    handle: async () =>
      new Promise<{ status: number; headers: Record<string, string>; body: string }>((resolve) => {
        held.push(() => resolve({ status: 200, headers: {}, body: '' }))
        arrived()
      }),
    /** Resolves when so many invocations are under way at the same time. */
    async running(count: number, nudge: () => void): Promise<void> {
      while (held.length < count) {
        nudge()
        // oxlint-disable-next-line no-await-in-loop -- each arrival is waited for, or the next turn of the loop
        await Promise.race([
          new Promise<void>((resolve) => {
            arrived = resolve
          }),
          new Promise((resolve) => {
            setImmediate(resolve)
          }),
        ])
      }
    },
  }
}

describe('the pool of a function', () => {
  test('fans out while requests wait, stays below its limit, and shrinks when idle', async () => {
    const hold = holding()
    const { lambda, deploy, clock } = start({
      handle: hold.handle,
      limits: { environmentsPerFunctionMax: 3 },
    })
    deploy(HELD, { timeoutMs: 900_000 })

    const answers = Promise.all(Array.from({ length: 5 }, async () => lambda.invoke('fn', '{}')))
    await hold.running(3, () => {
      // Time stands still while a thread is starting, or its ten seconds for that would be over at once.
      if (hold.held.length === lambda.statistics().environments) clock.advance(10)
    })
    const most = lambda.statistics().environments
    for (const release of hold.held.splice(0)) release()
    await hold.running(2, () => {})
    for (const release of hold.held.splice(0)) release()
    const payloads = (await answers).map((each) => each.payload)
    clock.advance(60_000)

    expect(most).toBe(3)
    expect(payloads).toEqual(['200', '200', '200', '200', '200'])
    expect(lambda.statistics().functions).toMatchObject([{ environments: 1, load: 0 }])
    clock.advance(20 * 60_000)
    expect(lambda.statistics().environments).toBe(0)
  })

  test('adds one environment at a time while the cloud itself is at its limit', async () => {
    const hold = holding()
    const { lambda, deploy, clock } = start({
      handle: hold.handle,
      limits: { environmentsPerFunctionMax: 6, growAfterWhenBusyMs: 300 },
      pressure: { onProcessors: () => true, onCloud: () => true },
    })
    deploy(HELD, { timeoutMs: 900_000 })
    deploy(HELD, { timeoutMs: 900_000, name: 'other' })
    const rejected = Promise.allSettled(
      Array.from({ length: 12 }, async (_, n) => lambda.invoke(n % 2 === 0 ? 'fn' : 'other', '{}')),
    )
    await hold.running(2, () => {})
    const startedMs = clock.now()

    // A thread counts as waiting only after some time of the machine's own clock: the other one goes beside it.
    let lookedMs = performance.now()
    await hold.running(5, () => {
      if (hold.held.length < lambda.statistics().environments) return
      if (performance.now() - lookedMs < 5) return
      lookedMs = performance.now()
      clock.advance(10)
    })
    const tookMs = clock.now() - startedMs
    await lambda.close()
    await rejected

    expect(tookMs).toBeGreaterThanOrEqual(900)
  })

  test('serves many requests to a fast function with one environment', async () => {
    const { lambda, deploy } = start()
    deploy('exports.handler = async (event) => event')

    const payloads = await Promise.all(
      Array.from({ length: 500 }, async (_, n) => (await lambda.invoke('fn', String(n))).payload),
    )

    expect(payloads).toEqual(payloads.map((_, n) => String(n)))
    expect(lambda.statistics().environments).toBe(1)
  })

  test('makes room by retiring another function’s idle environment', async () => {
    const { lambda, deploy } = start({ limits: { environmentsMax: 1 } })
    deploy('exports.handler = async () => 1')
    deploy('exports.handler = async () => 2', { name: 'other' })

    const payloads = [
      (await lambda.invoke('fn', '{}')).payload,
      (await lambda.invoke('other', '{}')).payload,
      (await lambda.invoke('fn', '{}')).payload,
    ]

    expect(payloads).toEqual(['1', '2', '1'])
    expect(lambda.statistics().environments).toBe(1)
  })

  test('runs the new code after a deployment, and lets old requests end', async () => {
    const hold = holding()
    const { lambda, deploy } = start({ handle: hold.handle })
    deploy(HELD)
    const old = lambda.invoke('fn', '{}')
    await hold.running(1, () => {})

    deploy('exports.handler = async () => "new"')
    const fresh = await lambda.invoke('fn', '{}')
    hold.held[0]?.()

    expect(fresh.payload).toBe('"new"')
    expect((await old).payload).toBe('200')
  })

  test('rejects what is under way when the cloud stops', async () => {
    const hold = holding()
    const { lambda, deploy } = start({ handle: hold.handle })
    deploy(HELD)
    const running = lambda.invoke('fn', '{}')
    const outcome = running.then(
      () => 'answered',
      (error: unknown) => String(error),
    )
    await hold.running(1, () => {})

    await lambda.close()

    expect(await outcome).toContain('The cloud is stopping.')
  })
})
