import { existsSync } from 'node:fs'
import { afterEach, describe, expect, it, test } from 'vitest'
import { startLambda, type TestLambda, type TestLambdaOptions } from './test-lambda.ts'

let running: TestLambda | undefined
const start = (options?: TestLambdaOptions): TestLambda => (running = startLambda(options))
afterEach(async () => running?.close())

const update = (lambda: TestLambda, body: object) =>
  lambda.call('UpdateFunctionConfiguration', { body: JSON.stringify(body) })

/** Works for 30 ms of processor time and tells how much it was. */
const worker = `
  const { readFileSync } = require('node:fs')
  const cpuMs = () => Number.parseInt(readFileSync('/proc/thread-self/schedstat', 'latin1'), 10) / 1e6
  exports.handler = async () => {
    const start = cpuMs()
    while (cpuMs() - start < 30);
    return cpuMs() - start
  }`

const reportOf = (base64: string | undefined) => {
  const text = Buffer.from(base64 ?? '', 'base64').toString('utf8')
  return {
    durationMs: Number(/Duration: ([\d.]+) ms\tBilled/.exec(text)?.[1]),
    billedMs: Number(/Billed Duration: (\d+) ms/.exec(text)?.[1]),
    initMs: Number(/Init Duration: ([\d.]+) ms/.exec(text)?.[1] ?? 0),
    usd: Number(/Cost: ([\d.]+) USD/.exec(text)?.[1]),
  }
}

describe('a function at the scale of its memory size', () => {
  test.runIf(existsSync('/proc/thread-self/schedstat'))(
    'takes as much longer as its share of a processor is smaller, and tells its cost',
    async () => {
      const lambda = start({ realTime: true, cpuScale: true })
      lambda.deploy(worker, { memoryMb: 442, timeoutMs: 20_000 })

      const { body, headers } = await lambda.call('Invoke', {
        headers: { 'x-amz-log-type': 'Tail' },
      })

      const cpuMs = Number(body)
      const report = reportOf(headers?.['x-amz-log-result']?.toString())
      expect(report.durationMs).toBeGreaterThanOrEqual((cpuMs * 1769) / 442 - 21)
      expect(report.billedMs).toBe(Math.ceil(report.durationMs + report.initMs))
      const usd = (report.billedMs / 1000) * (442 / 1024) * 0.0000166667
      expect(report.usd).toBeCloseTo(usd, 11)
    },
  )

  it('is not told its cost where it runs as fast as it can', async () => {
    const lambda = start({ realTime: true })
    lambda.deploy('exports.handler = async () => 1')

    const { headers } = await lambda.call('Invoke', { headers: { 'x-amz-log-type': 'Tail' } })

    const report = reportOf(headers?.['x-amz-log-result']?.toString())
    expect(report.durationMs).toBeGreaterThan(0)
    expect(report.usd).toBeNaN()
  })
})

describe('UpdateFunctionConfiguration', () => {
  it('changes memory size and timeout', async () => {
    const lambda = start()
    lambda.deploy('exports.handler = async (_, context) => context.memoryLimitInMB')

    const { status, body } = await update(lambda, { MemorySize: 512, Timeout: 9 })

    expect(status).toBe(200)
    expect(body).toMatchObject({ MemorySize: 512, Timeout: 9, LastUpdateStatus: 'Successful' })
    expect((await lambda.lambda.invoke('fn', '{}')).payload).toBe('"512"')
  })

  it.each([
    [{ MemorySize: 64 }, 'greater than or equal to 128'],
    [{ MemorySize: 20_000 }, 'less than or equal to 10240'],
    [{ MemorySize: '512' }, 'memorySize'],
    [{ Timeout: 901 }, 'less than or equal to 900'],
    [{ Handler: 'other.handler' }, 'Handler is not simulated'],
    [[], 'not an object'],
  ])('refuses %j', async (body, sentence) => {
    const lambda = start()
    lambda.deploy('exports.handler = async () => 1')

    await expect(update(lambda, body)).rejects.toThrow(sentence)
  })
})
