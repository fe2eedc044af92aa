import {
  DynamoDBClient,
  CreateTableCommand,
  GetItemCommand,
  PutItemCommand,
} from '@aws-sdk/client-dynamodb'
import { createDynamoDB } from 'cloudlet/dynamodb'
import { startEngine } from './engine.ts'
import { against, keep, median, printTable } from './report.ts'

/**
 * The question: what does a test gain when the AWS SDK reaches the engine inside its own process (`requestHandler`)
 * instead of over loopback HTTP? The same SDK, the same GetItem, turn about in one run.
 */

const calls = 3_000
const atOnce = 8
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

async function getsPerSecond(client: DynamoDBClient): Promise<number> {
  const get = new GetItemCommand({ TableName: 'bench', Key: { pk: { S: 'key' } } })
  let left = calls
  const startedMs = performance.now()
  await Promise.all(
    Array.from({ length: atOnce }, async () => {
      while (left-- > 0) await client.send(get)
    }),
  )
  return calls / ((performance.now() - startedMs) / 1000)
}

export async function sdk(): Promise<void> {
  const inside = createDynamoDB()
  const server = await startEngine()
  const shared = { region: 'us-east-1', credentials, cacheMiddleware: true }
  const clients = {
    'in this process': new DynamoDBClient({ ...shared, requestHandler: inside.requestHandler }),
    'over loopback HTTP': new DynamoDBClient({
      ...shared,
      endpoint: `http://127.0.0.1:${server.port}`,
    }),
  }
  const rates: Record<keyof typeof clients, number[]> = {
    'in this process': [],
    'over loopback HTTP': [],
  }
  for (const client of Object.values(clients)) await prepare(client)
  for (let round = 0; round < 6; round++) {
    for (const [name, client] of Object.entries(clients)) {
      const rate = await getsPerSecond(client)
      if (round > 0) rates[name as keyof typeof clients].push(rate)
    }
  }
  const rows = Object.entries(rates).map(([how, each]) => ({
    'SDK GetItem': how,
    'calls/s': Math.round(median(each)),
    range: `${Math.round(Math.min(...each))}–${Math.round(Math.max(...each))}`,
  }))
  const ratio = median(rates['in this process']) / median(rates['over loopback HTTP'])
  console.log('\nThe AWS SDK, 8 calls at a time, 5 rounds turn about, medians:\n')
  printTable(rows)
  console.log(`\nin process / HTTP: ${against(ratio, 3.5, 'at least')}`)
  keep('sdk', { rows, ratio })
  await server.stop()
  await inside.close()
}
