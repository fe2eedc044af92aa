import {
  DynamoDBClient,
  CreateTableCommand,
  GetItemCommand,
  PutItemCommand,
} from '@aws-sdk/client-dynamodb'
import { createDynamoDB, type EmbeddedDynamoDB } from 'cloudlet/dynamodb'
import { startEngine } from './engine.ts'
import { against, keep, median, printTable, range } from './report.ts'

/**
 * The question: what does a test gain when the AWS SDK reaches the engine inside its own process (`requestHandler`)
 * instead of over loopback HTTP? The same SDK, the same GetItem, turn about in one run. What the SDK itself takes sets
 * the most there is to gain: one client gets the same answer each time, from no engine.
 */

const calls = 3_000
const atOnce = 8
const rounds = 5
const goal = 3.5
const credentials = { accessKeyId: 'bench', secretAccessKey: 'bench' }

async function prepare(client: DynamoDBClient): Promise<void> {
  await client.send(
    new CreateTableCommand({
      TableName: 'bench',
      BillingMode: 'PAY_PER_REQUEST',
      AttributeDefinitions: [{ AttributeName: 'pk', AttributeType: 'S' }],
      KeySchema: [{ AttributeName: 'pk', KeyType: 'HASH' }],
    }),
  )
  const Item = { pk: { S: 'key' }, filler: { S: 'x'.repeat(900) } }
  await client.send(new PutItemCommand({ TableName: 'bench', Item }))
}

type Pace = { readonly perSecond: number; readonly cpuUs: number }

/** The pace, and the processor time that a call takes in this process. */
async function paceOf(client: DynamoDBClient): Promise<Pace> {
  const get = new GetItemCommand({ TableName: 'bench', Key: { pk: { S: 'key' } } })
  let left = calls
  const cpu = process.cpuUsage()
  const startedMs = performance.now()
  await Promise.all(
    Array.from({ length: atOnce }, async () => {
      while (left-- > 0) await client.send(get)
    }),
  )
  const { user, system } = process.cpuUsage(cpu)
  return {
    perSecond: calls / ((performance.now() - startedMs) / 1000),
    cpuUs: (user + system) / calls,
  }
}

type Handler = EmbeddedDynamoDB['requestHandler']

/** Answers every request with what `handler` answers to a GetItem. */
async function always(handler: Handler): Promise<Handler> {
  let answer: Awaited<ReturnType<Handler['handle']>> | undefined
  const listening: Handler = {
    ...handler,
    handle: async (request) => (answer = await handler.handle(request)),
  }
  await paceOf(new DynamoDBClient({ ...settings, requestHandler: listening }))
  return { ...handler, handle: (request) => Promise.resolve(answer ?? handler.handle(request)) }
}

const settings = { region: 'us-east-1', credentials, cacheMiddleware: true }

export async function sdk(): Promise<void> {
  const inside = createDynamoDB()
  const server = await startEngine()
  const endpoint = `http://127.0.0.1:${server.port}`
  const unsigned = { ...settings, ...inside.clientSettings }
  const local = new DynamoDBClient(unsigned)
  const remote = new DynamoDBClient({ ...settings, endpoint })
  for (const client of [local, remote]) await prepare(client)
  const constant = await always(inside.requestHandler)
  const contenders = [
    { how: 'in this process', client: local },
    { how: 'over loopback HTTP', client: remote },
    {
      how: 'in this process, signed',
      client: new DynamoDBClient({ ...settings, requestHandler: inside.requestHandler }),
    },
    {
      how: 'the SDK alone',
      client: new DynamoDBClient({ ...unsigned, requestHandler: constant }),
    },
  ].map((each) => ({ ...each, paces: new Array<Pace>() }))
  for (let round = 0; round <= rounds; round++) {
    for (const { client, paces } of contenders) {
      const pace = await paceOf(client)
      if (round > 0) paces.push(pace) // the first warms up
    }
  }
  const rows = contenders.map(({ how, paces }) => {
    const each = paces.map(({ perSecond }) => perSecond)
    return {
      'SDK GetItem': how,
      'calls/s': Math.round(median(each)),
      range: range(each),
      'CPU µs a call': Math.round(median(paces.map(({ cpuUs }) => cpuUs))),
    }
  })
  const [here = 0, http = 0, , alone = 0] = rows.map((row) => row['calls/s'])
  const ratio = here / http
  const ceiling = alone / http
  console.log(`\nThe AWS SDK, ${atOnce} calls at a time, ${rounds} rounds turn about, medians:\n`)
  printTable(rows)
  console.log(`\nin process / HTTP: ${against(ratio, goal, 'at least')}`)
  console.log(`the SDK alone / HTTP, the most there is to gain: ${ceiling.toFixed(2)}`)
  keep('sdk', { rows, ratio, ceiling, goal })
  await server.stop()
  await inside.close()
}
