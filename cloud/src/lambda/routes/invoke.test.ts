import { afterEach, describe, expect, test } from 'vitest'
import { startLambda, type TestLambda, type TestLambdaOptions } from '../test-lambda.ts'

let open: TestLambda | undefined
afterEach(async () => open?.close())
function start(options?: TestLambdaOptions): TestLambda {
  open = startLambda(options)
  return open
}
const ECHO =
  'exports.handler = async (event, context) => { console.log("ran"); return [event, context.clientContext ?? null] }'

describe('Invoke', () => {
  test.each([
    'fn',
    'fn:$LATEST',
    '000000000000:function:fn',
    'arn:aws:lambda:us-east-1:000000000000:function:fn',
  ])('finds a function as %s', async (FunctionName) => {
    const { deploy, call } = start()
    deploy(ECHO)

    const answer = await call('Invoke', { parameters: { FunctionName }, body: '{"a":1}' })

    expect(answer).toMatchObject({
      status: 200,
      body: '[{"a":1},null]',
      headers: { 'x-amz-executed-version': '$LATEST' },
    })
  })

  test('returns the end of the log, and takes a client context', async () => {
    const { deploy, call } = start()
    deploy(ECHO)

    const answer = await call('Invoke', {
      headers: {
        'x-amz-log-type': 'Tail',
        'x-amz-client-context': Buffer.from('{"custom":{"k":1}}').toString('base64'),
      },
    })

    const tail = Buffer.from(answer.headers?.['x-amz-log-result'] ?? '', 'base64').toString()
    expect(answer.body).toBe('[{},{"custom":{"k":1}}]')
    expect(tail).toMatch(
      /^START RequestId: [^]*\tINFO\tran\nEND RequestId: .*\nREPORT RequestId: .*\n$/,
    )
  })

  test('marks a function’s failure', async () => {
    const { deploy, call } = start()
    deploy('exports.handler = async () => { throw new Error("no") }')

    const answer = await call('Invoke')

    expect(answer.status).toBe(200)
    expect(answer.headers?.['x-amz-function-error']).toBe('Unhandled')
  })

  test('only checks on DryRun', async () => {
    const { deploy, call } = start()
    deploy('throw new Error("must not run")')

    expect(await call('Invoke', { headers: { 'x-amz-invocation-type': 'DryRun' } })).toEqual({
      status: 204,
    })
  })

  test.each([
    [
      'an unknown function',
      { parameters: { FunctionName: 'none' } },
      'ResourceNotFoundException',
      404,
    ],
    ['another version', { query: { Qualifier: '7' } }, 'ResourceNotFoundException', 404],
    ['an impossible name', { parameters: { FunctionName: 'a b' } }, 'ValidationException', 400],
    ['a body that is no JSON', { body: '{' }, 'InvalidRequestContentException', 400],
    [
      'an unknown invocation type',
      { headers: { 'x-amz-invocation-type': 'Now' } },
      'ValidationException',
      400,
    ],
    [
      'a body over 6 MB',
      { body: `"${'x'.repeat(6_291_456)}"` },
      'RequestEntityTooLargeException',
      413,
    ],
    [
      'an event over 1 MB',
      { body: `"${'x'.repeat(1_048_576)}"`, headers: { 'x-amz-invocation-type': 'Event' } },
      'RequestEntityTooLargeException',
      413,
    ],
  ])('refuses %s', async (_, call, code, status) => {
    const { deploy, call: invoke } = start()
    deploy(ECHO)

    await expect(invoke('Invoke', call)).rejects.toMatchObject({ code, status })
  })

  test('throttles at the reserved concurrency, and at the end of the line', async () => {
    const { deploy, lambda } = start({ limits: { queueLengthMax: 2 } })
    deploy(ECHO, { reservedConcurrency: 0 })
    deploy(ECHO, { name: 'open' })

    const answers = await Promise.allSettled([
      lambda.invoke('fn', '{}'),
      ...[1, 2, 3].map(async () => lambda.invoke('open', '{}')),
    ])

    expect(answers.map((each) => each.status)).toEqual([
      'rejected',
      'fulfilled',
      'fulfilled',
      'rejected',
    ])
    for (const each of [answers[0], answers[3]]) {
      expect(each).toMatchObject({ reason: { code: 'TooManyRequestsException', status: 429 } })
    }
  })
})

describe('asynchronous invocation', () => {
  test('is retried twice, then told to the on-failure destination', async () => {
    let attempts = 0
    let attempted: () => void = () => {}
    const { deploy, call, clock, sent, lambda } = start({
      handle() {
        attempts++
        attempted()
        return { status: 200, headers: {}, body: '' }
      },
    })
    deploy(
      `exports.handler = async () => { await fetch('http://localhost:4566/'); throw new Error('again') }`,
      { onFailure: 'arn:aws:sqs:us-east-1:000000000000:failed' },
    )
    const accepted = await call('Invoke', {
      headers: { 'x-amz-invocation-type': 'Event' },
      body: '{"order":1}',
    })
    expect(accepted.status).toBe(202)

    // Each attempt ends in a retry that waits for the clock; a synchronous call after it tells that it has ended.
    for (let attempt = 1; attempt <= 3; attempt++) {
      // oxlint-disable-next-line no-await-in-loop -- one attempt after the other
      await new Promise<void>((resolve) => {
        attempted = resolve
        if (attempts >= attempt) resolve()
      })
      // oxlint-disable-next-line no-await-in-loop -- the same
      await lambda.invoke('fn', '{}')
      attempts--
      clock.advance(60_000 * attempt)
    }

    expect(sent.map((each) => each.arn)).toEqual(['arn:aws:sqs:us-east-1:000000000000:failed'])
    expect(JSON.parse(sent[0]?.body ?? '')).toMatchObject({
      version: '1.0',
      requestContext: {
        requestId: accepted.headers?.['x-amzn-requestid'],
        functionArn: 'arn:aws:lambda:us-east-1:000000000000:function:fn:$LATEST',
        condition: 'RetriesExhausted',
        approximateInvokeCount: 3,
      },
      requestPayload: { order: 1 },
      responseContext: { statusCode: 200, executedVersion: '$LATEST', functionError: 'Unhandled' },
      responsePayload: { errorType: 'Error', errorMessage: 'again' },
    })
  })
})

describe('the other operations', () => {
  test('show what is deployed', async () => {
    const { deploy, call } = start()
    const { codeFolder } = deploy(ECHO, { environment: { A: '1' } })
    deploy(ECHO, { name: 'another' })

    const list = await call('ListFunctions', { query: { MaxItems: '1' } })
    const one = await call('GetFunction')
    const configuration = await call('GetFunctionConfiguration')

    expect(list.body).toMatchObject({
      Functions: [{ FunctionName: 'another' }],
      NextMarker: expect.any(String) as string,
    })
    expect(one.body).toMatchObject({
      Configuration: { FunctionName: 'fn', Timeout: 3, Environment: { Variables: { A: '1' } } },
      Code: { Location: `file://${codeFolder}` },
    })
    expect(configuration.body).toMatchObject({ Runtime: 'nodejs20.x', State: 'Active' })
    expect(await call('ListEventSourceMappings', { parameters: {} })).toMatchObject({
      body: { EventSourceMappings: [] },
    })
  })

  test('are refused by name', async () => {
    const { call } = start()

    await expect(call('CreateFunction')).rejects.toThrow(/CreateFunction is not simulated/)
  })

  test('runtimes other than Node are refused by name', () => {
    const { deploy } = start()

    expect(() => deploy(ECHO, { runtime: 'python3.13' })).toThrow(/python3\.13.*not simulated/)
  })
})
