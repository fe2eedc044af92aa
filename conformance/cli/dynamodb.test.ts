import { afterAll, describe, expect, it } from 'vitest'
import {
  CreateTableCommand,
  DynamoDBClient,
  GetItemCommand,
  ListTablesCommand,
  PutItemCommand,
} from '@aws-sdk/client-dynamodb'
import { cloudlet, endAll, startCloudlet } from './cloudlet-process.ts'
import { smallApp } from './small-app.ts'

const app = smallApp()
afterAll(() => {
  endAll()
  app.remove()
})

/** The engine's process on a free port, and a client that knows of it no more than of DynamoDB Local. */
async function startEngine(...words: string[]) {
  const engine = startCloudlet(['dynamodb', '--port', '0', ...words], { cwd: app.folder })
  const [, endpoint = ''] = await engine.printed(/DynamoDB answers on (http:\S+?),/)
  const client = new DynamoDBClient({
    endpoint,
    region: 'eu-west-1',
    credentials: { accessKeyId: 'anyone', secretAccessKey: 'anything' },
  })
  return { engine, client }
}

const TABLE = {
  TableName: 'notes',
  BillingMode: 'PAY_PER_REQUEST',
  KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
  AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
} as const

describe('cloudlet dynamodb', () => {
  it('keeps what it acknowledged through a kill and a restart', async () => {
    const first = await startEngine('--data', 'tables')
    await first.client.send(
      new CreateTableCommand({
        ...TABLE,
        KeySchema: [...TABLE.KeySchema],
        AttributeDefinitions: [...TABLE.AttributeDefinitions],
      }),
    )
    const Item = { id: { S: '1' }, text: { S: 'kept' } }
    await first.client.send(new PutItemCommand({ TableName: 'notes', Item }))
    await first.engine.stop('SIGKILL')

    const second = await startEngine('--data', 'tables')
    const found = await second.client.send(
      new GetItemCommand({ TableName: 'notes', Key: { id: { S: '1' } } }),
    )
    const { code, stderr } = await second.engine.stop()

    expect(found.Item).toEqual(Item)
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
  })

  it('keeps nothing with --memory', async () => {
    const { engine, client } = await startEngine('--memory')

    expect((await client.send(new ListTablesCommand({}))).TableNames).toEqual([])
    expect(engine.stdout()).toContain('data in memory')
    expect((await engine.stop()).code).toBe(0)
  })

  it('listens where DynamoDB Local does when no port is named', async () => {
    const { stdout } = await cloudlet(['dynamodb', '--help'], { cwd: app.folder })

    expect(stdout).toMatch(/--port <port> +port to listen on \(default: 8000\)/)
  })
})
