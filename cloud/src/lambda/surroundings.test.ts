import { afterEach, describe, expect, test } from 'vitest'
import { startLambda, type TestLambda, type TestLambdaOptions } from './test-lambda.ts'

let open: TestLambda | undefined
afterEach(async () => open?.close())
function start(options?: TestLambdaOptions): TestLambda {
  open = startLambda(options)
  return open
}

describe('what a function finds around it', () => {
  test('its own variables and Lambda’s, nothing of the host’s', async () => {
    process.env['HOST_SECRET'] = 'secret'
    const { lambda, deploy } = start()
    const { codeFolder } = deploy('exports.handler = async () => process.env', {
      environment: { TABLE: 'orders', __proto__x: 'y' },
    })

    const { payload } = await lambda.invoke('fn', '{}')
    delete process.env['HOST_SECRET']

    const variables = JSON.parse(payload) as Record<string, string>
    expect(variables).toMatchObject({
      TABLE: 'orders',
      AWS_REGION: 'us-east-1',
      AWS_ENDPOINT_URL: 'http://localhost:4566',
      AWS_LAMBDA_FUNCTION_NAME: 'fn',
      AWS_LAMBDA_FUNCTION_MEMORY_SIZE: '128',
      AWS_LAMBDA_LOG_GROUP_NAME: '/aws/lambda/fn',
      LAMBDA_TASK_ROOT: codeFolder,
      TZ: ':UTC',
      _HANDLER: 'index.handler',
    })
    expect(variables['_X_AMZN_TRACE_ID']).toMatch(
      /^Root=1-[0-9a-f]{8}-[0-9a-f]{24};Parent=[0-9a-f]{16};Sampled=0$/,
    )
    expect(payload).not.toContain('HOST_SECRET')
  })

  test('a complete context', async () => {
    const { lambda, deploy } = start()
    deploy(`exports.handler = async (event, context) =>
      ({ ...context, remaining: context.getRemainingTimeInMillis() })`)

    const { payload, requestId } = await lambda.invoke('fn', '{}')

    const context = JSON.parse(payload) as Record<string, unknown>
    expect(context).toMatchObject({
      awsRequestId: requestId,
      functionName: 'fn',
      functionVersion: '$LATEST',
      invokedFunctionArn: 'arn:aws:lambda:us-east-1:000000000000:function:fn',
      logGroupName: '/aws/lambda/fn',
      memoryLimitInMB: '128',
      callbackWaitsForEmptyEventLoop: true,
    })
    expect(context['logStreamName']).toMatch(/^2026\/01\/01\/\[\$LATEST\][0-9a-f]{32}$/)
    expect(context['remaining']).toBeGreaterThan(2_000)
  })

  test('a log, with START, END and REPORT, under the clock’s time', async () => {
    const { lambda, deploy, clock, logs, lines } = start()
    deploy(`console.log('loading')
      exports.handler = async () => {
        console.log('hello %s', 'world', { a: 1 }); console.error(new Error('oops').message)
        process.stdout.write('bare\\nunfinished')
      }`)

    const { requestId } = await lambda.invoke('fn', '{}')
    await lambda.invoke('fn', '{}')
    clock.advance(1_000)

    const [cold, warm] = [lines().slice(0, 9), lines().slice(9)]
    expect(cold[0]).toMatch(/^INIT_START /)
    expect(cold[1]).toMatch(/^2026-01-01T00:00:.*Z\tundefined\tINFO\tloading\n$/)
    expect(cold[2]).toBe(`START RequestId: ${requestId} Version: $LATEST\n`)
    expect(cold[3]).toMatch(new RegExp(`^2026.*Z\t${requestId}\tINFO\thello world \\{ a: 1 \\}\n$`))
    expect(cold[4]).toContain(`${requestId}\tERROR\toops\n`)
    expect(cold.slice(5, 7)).toEqual(['bare\n', 'unfinished'])
    expect(cold[7]).toBe(`END RequestId: ${requestId}\n`)
    expect(cold[8]).toMatch(
      /^REPORT RequestId: \S+\tDuration: [\d.]+ ms\tBilled Duration: \d+ ms\tMemory Size: 128 MB\tMax Memory Used: \d+ MB\tInit Duration: [\d.]+ ms\t\n$/,
    )
    expect(warm.at(-1)).toMatch(/^REPORT /)
    expect(warm.at(-1)).not.toContain('Init Duration')
    expect(new Set(logs.map((each) => each.stream)).size).toBe(1)
    expect(logs[0]?.group).toBe('/aws/lambda/fn')
  })

  test('no limit to how much it logs at once', async () => {
    const { lambda, deploy, clock, lines } = start()
    deploy(
      `exports.handler = async () => { for (let i = 0; i < 5000; i++) console.log(i + 'é'.repeat(150)) }`,
    )

    await lambda.invoke('fn', '{}')
    clock.advance(1_000)

    const logged = lines().filter((line) => line.includes('\tINFO\t'))
    expect(logged).toHaveLength(5_000)
    expect(logged.at(-1)).toContain('\t4999é')
  })

  test('no sign of the thread it runs in', async () => {
    const { lambda, deploy } = start()
    deploy(`const w = require('node:worker_threads')
      exports.handler = async () => [w.isMainThread, w.parentPort, w.workerData]`)

    expect((await lambda.invoke('fn', '{}')).payload).toBe('[true,null,null]')
  })
})
