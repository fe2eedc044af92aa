import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  InvokeCommand,
  LambdaClient,
  type InvokeCommandInput,
  type InvokeCommandOutput,
} from '@aws-sdk/client-lambda'
import { ReceiveMessageCommand, SQSClient } from '@aws-sdk/client-sqs'
import {
  eventually,
  inlineFunction,
  refusal,
  startDeployedCloud,
  type DeployedCloud,
} from '../deployed-cloud.ts'

const ECHO = `let calls = 0
exports.handler = async (event, context) => {
  console.log('seen', event.word)
  if (event.fail) throw new RangeError(event.fail)
  if (event.nothing) return undefined
  const { functionName, awsRequestId, memoryLimitInMB, invokedFunctionArn, clientContext } = context
  return { event, functionName, awsRequestId, memoryLimitInMB, invokedFunctionArn, clientContext,
    calls: ++calls, left: context.getRemainingTimeInMillis(), word: process.env.WORD, region: process.env.AWS_REGION }
}`

/** Bundlers leave the AWS SDK out: Lambda's runtimes bring it. */
const USES_SDK = `const { DynamoDBClient, ListTablesCommand } = require('@aws-sdk/client-dynamodb')
const client = new DynamoDBClient()
exports.handler = async () => (await client.send(new ListTablesCommand())).TableNames`

let run: DeployedCloud
let lambda: LambdaClient
let sqs: SQSClient
let queueUrl = ''

beforeAll(async () => {
  run = await startDeployedCloud()
  const id = await run.deploy('functions', {
    Failed: { Type: 'AWS::SQS::Queue' },
    Echo: inlineFunction(ECHO, {
      FunctionName: 'echo',
      MemorySize: 256,
      Timeout: 5,
      Environment: { Variables: { WORD: 'set' } },
    }),
    Slow: inlineFunction('exports.handler = () => new Promise(() => setInterval(() => {}, 1000))', {
      FunctionName: 'slow',
      Timeout: 1,
    }),
    Stored: inlineFunction(USES_SDK, { FunctionName: 'stored' }),
    Broken: inlineFunction('exports.handler = ', { FunctionName: 'broken' }),
    Exits: inlineFunction('exports.handler = () => process.exit(3)', { FunctionName: 'exits' }),
    Large: inlineFunction('exports.handler = async () => "x".repeat(7e6)', {
      FunctionName: 'large',
    }),
    Reserved: inlineFunction('exports.handler = async () => 1', {
      FunctionName: 'reserved',
      ReservedConcurrentExecutions: 0,
    }),
    Async: inlineFunction('exports.handler = async () => { throw new Error("always") }', {
      FunctionName: 'async',
    }),
    AsyncConfig: {
      Type: 'AWS::Lambda::EventInvokeConfig',
      Properties: {
        FunctionName: { Ref: 'Async' },
        Qualifier: '$LATEST',
        MaximumRetryAttempts: 0,
        DestinationConfig: { OnFailure: { Destination: { 'Fn::GetAtt': 'Failed.Arn' } } },
      },
    },
  })
  queueUrl = id('Failed')
  lambda = new LambdaClient(run.settings)
  sqs = new SQSClient(run.settings)
})
afterAll(async () => {
  lambda.destroy()
  sqs.destroy()
  await run.stop()
})

const invoke = (
  FunctionName: string,
  event: unknown = {},
  more: Partial<InvokeCommandInput> = {},
): Promise<InvokeCommandOutput> =>
  lambda.send(new InvokeCommand({ FunctionName, Payload: JSON.stringify(event), ...more }))

const json = ({ Payload }: InvokeCommandOutput): unknown =>
  JSON.parse(Payload?.transformToString() ?? '')

describe('Invoke, RequestResponse', () => {
  it('gives event, context and environment to the function, and its answer back', async () => {
    const ClientContext = Buffer.from('{"custom":{"k":1}}').toString('base64')

    const answer = await invoke('echo', { word: 'ünïcode' }, { ClientContext })

    expect(answer).toMatchObject({ StatusCode: 200, ExecutedVersion: '$LATEST' })
    expect(answer.FunctionError).toBeUndefined()
    expect(json(answer)).toMatchObject({
      event: { word: 'ünïcode' },
      functionName: 'echo',
      awsRequestId: answer.$metadata.requestId,
      memoryLimitInMB: '256',
      invokedFunctionArn: 'arn:aws:lambda:us-east-1:000000000000:function:echo',
      clientContext: { custom: { k: 1 } },
      word: 'set',
      region: 'us-east-1',
    })
  })

  it('keeps an execution environment between calls, and answers null for nothing', async () => {
    const first = json(await invoke('echo')) as { calls: number } // ECHO's answer
    const second = json(await invoke('echo')) as { calls: number }

    expect(second.calls).toBe(first.calls + 1)
    expect(json(await invoke('echo', { nothing: true }))).toBeNull()
  })

  it('brings the AWS SDK of the project where the cloud was started', async () => {
    const answer = await invoke('stored')

    expect(answer.FunctionError).toBeUndefined()
    expect(json(answer)).toEqual([])
  })

  it('returns the end of the log', async () => {
    const { LogResult } = await invoke('echo', { word: 'tail' }, { LogType: 'Tail' })

    const text = Buffer.from(LogResult ?? '', 'base64').toString()
    expect(text).toMatch(
      /START RequestId: (\S+) Version: \$LATEST\n.*\t\1\tINFO\tseen tail\nEND RequestId: \1\nREPORT RequestId: \1\tDuration: /,
    )
  })

  it.each([
    [
      'throws',
      'echo',
      { fail: 'too far' },
      { errorType: 'RangeError', errorMessage: 'too far', trace: expect.any(Array) },
    ],
    [
      'takes too long',
      'slow',
      {},
      {
        errorType: 'Sandbox.Timedout',
        errorMessage: expect.stringMatching(/Task timed out after 1\.00 seconds$/),
      },
    ],
    ['cannot be loaded', 'broken', {}, { errorType: 'Runtime.UserCodeSyntaxError' }],
    [
      'exits',
      'exits',
      {},
      {
        errorType: 'Runtime.ExitError',
        errorMessage: expect.stringContaining('Runtime exited with error: exit status 3'),
      },
    ],
    ['answers too much', 'large', {}, { errorType: 'Function.ResponseSizeTooLarge' }],
  ])('a function that %s is answered with 200 and its error', async (_case, name, event, error) => {
    const answer = await invoke(name, event)

    expect(answer.StatusCode).toBe(200)
    expect(answer.FunctionError).toMatch(/^(Unhandled|Handled)$/)
    expect(json(answer)).toMatchObject(error)
  })
})

describe('Invoke refuses', () => {
  it.each([
    [
      'an unknown function',
      () => invoke('nobody'),
      '404 ResourceNotFoundException: Function not found: arn:aws:lambda:us-east-1:000000000000:function:nobody',
    ],
    [
      'a version that there is not',
      () => invoke('echo', {}, { Qualifier: '7' }),
      '404 ResourceNotFoundException: Function not found: arn:aws:lambda:us-east-1:000000000000:function:echo:7',
    ],
    [
      'an event that is no JSON',
      () => invoke('echo', {}, { Payload: '{"a":' }),
      '400 InvalidRequestContentException: Could not parse request body into json: ',
    ],
    [
      'more than 6 MB',
      () => invoke('echo', 'x'.repeat(6 * 1024 * 1024)),
      '413 RequestEntityTooLargeException: Request must be smaller than ',
    ],
    [
      'more than 1 MB for Event',
      () => invoke('echo', 'x'.repeat(1024 * 1024), { InvocationType: 'Event' }),
      '413 RequestEntityTooLargeException: Request must be smaller than ',
    ],
    [
      'a function without concurrency',
      () => invoke('reserved'),
      '429 TooManyRequestsException: Rate Exceeded.',
    ],
  ])('%s', async (_case, call, sentence) => {
    expect(await refusal(call())).toContain(sentence)
  })
})

describe('Invoke, DryRun and Event', () => {
  it('DryRun only checks', async () => {
    expect((await invoke('slow', {}, { InvocationType: 'DryRun' })).StatusCode).toBe(204)
    expect(await refusal(invoke('nobody', {}, { InvocationType: 'DryRun' }))).toContain('404')
  })

  it('Event is accepted at once; what fails for good reaches the destination', async () => {
    const answer = await invoke('async', { order: 7 }, { InvocationType: 'Event' })

    const body = await eventually(async () => {
      const { Messages } = await sqs.send(
        new ReceiveMessageCommand({ QueueUrl: queueUrl, WaitTimeSeconds: 1 }),
      )
      return Messages?.[0]?.Body
    })

    expect(answer).toMatchObject({ StatusCode: 202 })
    expect(JSON.parse(body)).toEqual({
      version: '1.0',
      timestamp: expect.stringMatching(/^\d{4}-\d\d-\d\dT.*Z$/),
      requestContext: {
        requestId: answer.$metadata.requestId,
        functionArn: 'arn:aws:lambda:us-east-1:000000000000:function:async:$LATEST',
        condition: 'RetriesExhausted',
        approximateInvokeCount: 1,
      },
      requestPayload: { order: 7 },
      responseContext: { statusCode: 200, executedVersion: '$LATEST', functionError: 'Unhandled' },
      responsePayload: {
        errorType: 'Error',
        errorMessage: 'always',
        trace: expect.any(Array),
      },
    })
  })
})
