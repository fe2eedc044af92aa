import {
  CreateTableCommand,
  DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  ResourceNotFoundException,
  type CreateTableCommandInput,
} from '@aws-sdk/client-dynamodb'
import { DynamoDBStreamsClient, ListStreamsCommand } from '@aws-sdk/client-dynamodb-streams'
import { AwsError, createDynamoDB, manualClock } from 'cloudlet/dynamodb'
import { describe, expect, it } from 'vitest'
import { client } from './dynamodb-setup.ts'

const notes: CreateTableCommandInput = {
  TableName: 'notes',
  BillingMode: 'PAY_PER_REQUEST',
  AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
  KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
}

describe('DynamoDB inside a test', () => {
  it('answers the SDK without a port', async () => {
    await client.send(new CreateTableCommand(notes))

    await client.send(
      new PutItemCommand({ TableName: 'notes', Item: { id: { S: 'ñ' }, n: { N: '1e2' } } }),
    )

    const { Item } = await client.send(
      new GetItemCommand({ TableName: 'notes', Key: { id: { S: 'ñ' } } }),
    )
    expect(Item).toEqual({ id: { S: 'ñ' }, n: { N: '100' } })
  })

  it("throws the SDK's own exceptions", async () => {
    const call = new GetItemCommand({ TableName: 'absent', Key: { id: { S: '1' } } })

    await expect(client.send(call)).rejects.toBeInstanceOf(ResourceNotFoundException)
  })

  it('answers clients with settings of their own, which sign', async () => {
    const engine = createDynamoDB()
    const own = new DynamoDBClient({
      region: 'eu-west-1',
      credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
      requestHandler: engine.requestHandler,
    })

    await own.send(new CreateTableCommand(notes))

    expect(await engine.handle('ListTables', {})).toEqual({ TableNames: ['notes'] })
    await engine.close()
  })

  it('serves the client of the streams too', async () => {
    const engine = createDynamoDB({ region: 'eu-central-1' })
    const StreamSpecification = { StreamEnabled: true, StreamViewType: 'KEYS_ONLY' } as const
    await engine.handle('CreateTable', { ...notes, StreamSpecification })

    const { Streams } = await new DynamoDBStreamsClient(engine.clientSettings).send(
      new ListStreamsCommand({ TableName: 'notes' }),
    )

    expect(Streams?.[0]?.StreamArn).toContain(':eu-central-1:')
    await engine.close()
  })

  it('runs operations by name, without HTTP and without the SDK', async () => {
    const engine = createDynamoDB({ clock: manualClock(Date.UTC(2026, 10, 21)) })

    await engine.handle('CreateTable', notes)
    const Item = { id: { S: '1' }, text: { S: 'é' } }
    await engine.handle('PutItem', { TableName: 'notes', Item })
    const keyed = {
      TableName: 'notes',
      KeyConditionExpression: 'id = :id',
      ExpressionAttributeValues: { ':id': { S: '1' } },
    }

    expect(await engine.handle('ListTables', {})).toEqual({ TableNames: ['notes'] })
    expect(await engine.handle('GetItem', { TableName: 'notes', Key: { id: { S: '1' } } })).toEqual(
      { Item },
    )
    for (const page of [
      await engine.handle('Query', keyed),
      await engine.handle('Scan', { TableName: 'notes' }),
    ]) {
      expect(page).toEqual({ Items: [Item], Count: 1, ScannedCount: 1 })
    }
    await expect(engine.handle('Nonsense', {})).rejects.toBeInstanceOf(AwsError)
    await engine.close()
  })

  it('serves on a port too, for clients in other languages', async () => {
    const engine = createDynamoDB()
    const { port } = await engine.listen({ port: 0 })
    const remote = new DynamoDBClient({
      region: 'us-east-1',
      endpoint: `http://127.0.0.1:${port}`,
      credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
    })

    await remote.send(new CreateTableCommand(notes))

    expect(await engine.handle('ListTables', {})).toEqual({ TableNames: ['notes'] })
    remote.destroy()
    await engine.close()
  })

  it('answers with pages that stay as they are when others are read', async () => {
    const engine = createDynamoDB()
    await engine.handle('CreateTable', notes)
    for (const id of ['one', 'two']) {
      await engine.handle('PutItem', { TableName: 'notes', Item: { id: { S: id } } })
    }
    const query = async (id: string): Promise<Uint8Array> => {
      const { response } = await engine.requestHandler.handle({
        method: 'POST',
        path: '/',
        headers: {
          'content-type': 'application/x-amz-json-1.0',
          'x-amz-target': 'DynamoDB_20120810.Query',
          authorization:
            'AWS4-HMAC-SHA256 Credential=a/20260101/us-east-1/dynamodb/aws4_request, SignedHeaders=host, Signature=b',
          'x-amz-date': '20260101T000000Z',
        },
        body: JSON.stringify({
          TableName: 'notes',
          KeyConditionExpression: 'id = :id',
          ExpressionAttributeValues: { ':id': { S: id } },
        }),
      })
      return response.body
    }

    const one = await query('one')
    const two = await query('two')

    expect(JSON.parse(Buffer.from(one).toString())).toMatchObject({ Items: [{ id: { S: 'one' } }] })
    expect(JSON.parse(Buffer.from(two).toString())).toMatchObject({ Items: [{ id: { S: 'two' } }] })
    await engine.close()
  })
})
