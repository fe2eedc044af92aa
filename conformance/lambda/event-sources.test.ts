import { createRequire } from 'node:module'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { DynamoDBClient } from '@aws-sdk/client-dynamodb'
import { ReceiveMessageCommand, SQSClient } from '@aws-sdk/client-sqs'
import { DynamoDBDocumentClient, PutCommand, ScanCommand } from '@aws-sdk/lib-dynamodb'
import {
  eventually,
  inlineFunction,
  startDeployedCloud,
  table,
  type DeployedCloud,
  type Json,
} from '../deployed-cloud.ts'

/** Inline code has no node_modules beside it. */
const sdk = createRequire(import.meta.url).resolve('@aws-sdk/client-dynamodb')

/**
 * Writes what it was given into the table `seen`, a row a batch, then fails where an id says so: `bad…` throws each
 * time, `once…` the first time, `item…` is named as the one failed item.
 */
const CONSUMER = `const { DynamoDBClient, PutItemCommand } = require('${sdk}')
const client = new DynamoDBClient({})
const failed = new Set()
exports.handler = async ({ Records }) => {
  const ids = Records.map((record) => record.dynamodb.Keys.id.S)
  await client.send(new PutItemCommand({ TableName: 'seen', Item: {
    id: { S: process.env.SOURCE + '#' + Records[0].eventID + '#' + Date.now() + Math.random() },
    source: { S: process.env.SOURCE }, at: { N: String(performance.timeOrigin + performance.now()) },
    ids: { L: ids.map((S) => ({ S })) },
    names: { L: Records.map((record) => ({ S: record.eventName })) } } }))
  const batchItemFailures = []
  for (const record of Records) {
    const id = record.dynamodb.Keys.id.S
    if (id.startsWith('bad')) throw new Error('never ' + id)
    if (id.startsWith('once') && !failed.has(id)) { failed.add(id); throw new Error('not yet ' + id) }
    if (id.startsWith('item') && !failed.has(id)) {
      failed.add(id)
      batchItemFailures.push({ itemIdentifier: record.dynamodb.SequenceNumber })
      break
    }
  }
  return { batchItemFailures }
}`

/** A table with a stream, a function that reads it, and a queue for what it gives up. */
function source(name: string, mapping: Json): Json {
  return {
    [`${name}Table`]: table({
      TableName: name,
      StreamSpecification: { StreamViewType: 'NEW_AND_OLD_IMAGES' },
    }),
    [`${name}Function`]: inlineFunction(CONSUMER, {
      FunctionName: name,
      Timeout: 20,
      Environment: { Variables: { SOURCE: name } },
    }),
    [`${name}Failed`]: { Type: 'AWS::SQS::Queue', Properties: { QueueName: `${name}-failed` } },
    [`${name}Mapping`]: {
      Type: 'AWS::Lambda::EventSourceMapping',
      Properties: {
        FunctionName: { Ref: `${name}Function` },
        EventSourceArn: { 'Fn::GetAtt': [`${name}Table`, 'StreamArn'] },
        StartingPosition: 'TRIM_HORIZON',
        DestinationConfig: {
          OnFailure: { Destination: { 'Fn::GetAtt': [`${name}Failed`, 'Arn'] } },
        },
        ...mapping,
      },
    },
  }
}

let run: DeployedCloud
let documents: DynamoDBDocumentClient
let sqs: SQSClient
let idOf: (logicalId: string) => string

const open = (): void => {
  documents = DynamoDBDocumentClient.from(new DynamoDBClient(run.settings))
  sqs = new SQSClient(run.settings)
}

beforeAll(async () => {
  run = await startDeployedCloud('folder')
  idOf = await run.deploy('sources', {
    Seen: table({ TableName: 'seen' }),
    ...source('batched', { BatchSize: 4, MaximumBatchingWindowInSeconds: 1 }),
    ...source('retried', {}),
    ...source('bisected', { BisectBatchOnFunctionError: true, MaximumRetryAttempts: 5 }),
    ...source('partial', { FunctionResponseTypes: ['ReportBatchItemFailures'] }),
    ...source('given', { MaximumRetryAttempts: 1, BatchSize: 1 }),
    ...source('filtered', {
      FilterCriteria: {
        Filters: [
          {
            Pattern: JSON.stringify({
              eventName: ['INSERT'],
              dynamodb: { NewImage: { kind: { S: [{ prefix: 'dear' }] } } },
            }),
          },
        ],
      },
    }),
    ...source('resumed', {}),
  })
  open()
})
afterAll(async () => {
  documents.destroy()
  sqs.destroy()
  await run.stop()
})

const put = (TableName: string, ids: readonly string[], more: Json = {}) =>
  Promise.all(ids.map((id) => documents.send(new PutCommand({ TableName, Item: { id, ...more } }))))

type Batch = { readonly ids: readonly string[]; readonly names: readonly string[] }

/** The batches that a function was given, in order, once they are all there. */
function batches(name: string, complete: (ids: readonly string[]) => boolean): Promise<Batch[]> {
  return eventually(async () => {
    const { Items = [] } = await documents.send(new ScanCommand({ TableName: 'seen' }))
    const found = (Items as (Batch & { source: string; at: number })[])
      .filter((each) => each.source === name)
      .toSorted((one, other) => one.at - other.at)
    return complete(found.flatMap((each) => each.ids)) ? found : undefined
  })
}

const has =
  (...wanted: readonly string[]) =>
  (ids: readonly string[]): boolean =>
    wanted.every((each) => ids.includes(each))

const count = (ids: readonly string[], wanted: string): number =>
  ids.filter((each) => each === wanted).length

describe('an event source mapping from a template', () => {
  it('gathers records into batches of the size and within the window', async () => {
    const ids = Array.from({ length: 9 }, (_, index) => `r${index}`)
    await put('batched', ids)

    const found = await batches('batched', has(...ids))

    expect(found.flatMap((each) => each.ids).toSorted()).toEqual(ids)
    expect(Math.max(...found.map((each) => each.ids.length))).toBe(4)
    expect(found.length).toBeLessThan(9)
  })

  it('repeats a batch that failed until it succeeds, in order', async () => {
    await put('retried', ['once'])
    await put('retried', ['after'])

    const found = await batches('retried', (ids) => count(ids, 'once') > 1 && has('after')(ids))
    const ids = found.flatMap((each) => each.ids)

    expect(count(ids, 'once')).toBe(2)
    expect(ids.at(-1)).toBe('after')
  })

  it('halves a batch that fails until the bad record is alone, and gives that up', async () => {
    await put('bisected', ['a', 'bad', 'c', 'd'])

    const body = await failureOf('bisected')
    const found = await batches('bisected', has('a', 'c', 'd'))

    expect(body).toMatchObject({ DDBStreamBatchInfo: { batchSize: 1 } })
    expect(found.some(({ ids }) => ids.length === 1 && ids[0] === 'bad')).toBe(true)
  })

  it('repeats from the item that the function names', async () => {
    await put('partial', ['first'])
    await put('partial', ['item'])
    await put('partial', ['last'])

    const found = await batches(
      'partial',
      (ids) => count(ids, 'item') > 1 && has('first', 'last')(ids),
    )
    const ids = found.flatMap((each) => each.ids)

    expect(count(ids, 'first')).toBe(1)
    expect(count(ids, 'item')).toBe(2)
  })

  it('sends what it gives up to the queue as documented, and goes on', async () => {
    await put('given', ['bad'])
    await put('given', ['good'])

    const body = await failureOf('given')
    await batches('given', has('good'))

    const arrival = expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/)
    const sequenceNumber = expect.stringMatching(/^\d{21,}$/)
    expect(body).toEqual({
      version: '1.0',
      timestamp: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
      requestContext: {
        requestId: expect.stringMatching(/^[0-9a-f-]{36}$/),
        functionArn: 'arn:aws:lambda:us-east-1:000000000000:function:given',
        condition: 'RetryAttemptsExhausted',
        approximateInvokeCount: 2,
      },
      responseContext: { statusCode: 200, executedVersion: '$LATEST', functionError: 'Unhandled' },
      DDBStreamBatchInfo: {
        shardId: expect.stringMatching(/^shardId-/),
        startSequenceNumber: sequenceNumber,
        endSequenceNumber: sequenceNumber,
        approximateArrivalOfFirstRecord: arrival,
        approximateArrivalOfLastRecord: arrival,
        batchSize: 1,
        streamArn: expect.stringMatching(/:table\/given\/stream\//),
      },
    })
  })

  it('hands over only what the filter lets pass', async () => {
    await put('filtered', ['cheap'], { kind: 'cheap' })
    await put('filtered', ['dear'], { kind: 'dear' })
    await put('filtered', ['dear'], { kind: 'dearest' }) // MODIFY
    await put('filtered', ['end'], { kind: 'dear' })

    const found = await batches('filtered', has('end'))

    expect(found.flatMap((each) => each.ids)).toEqual(['dear', 'end'])
    expect(new Set(found.flatMap((each) => each.names))).toEqual(new Set(['INSERT']))
  })

  it('goes on after a restart where it was', async () => {
    await put('resumed', ['one', 'two'])
    await batches('resumed', has('one', 'two'))

    documents.destroy()
    sqs.destroy()
    await run.restart()
    open()
    await put('resumed', ['three'])
    const found = await batches('resumed', has('three'))

    expect(found.flatMap((each) => each.ids).toSorted()).toEqual(['one', 'three', 'two'])
  })
})

async function failureOf(name: string): Promise<unknown> {
  const body = await eventually(async () => {
    const { Messages } = await sqs.send(
      new ReceiveMessageCommand({ QueueUrl: idOf(`${name}Failed`), WaitTimeSeconds: 1 }),
    )
    return Messages?.[0]?.Body
  })
  return JSON.parse(body)
}
