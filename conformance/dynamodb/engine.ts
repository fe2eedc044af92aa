import {
  DynamoDBClient,
  CreateTableCommand,
  type CreateTableCommandInput,
} from '@aws-sdk/client-dynamodb'
import { DynamoDBStreamsClient } from '@aws-sdk/client-dynamodb-streams'
import { createDynamoDB, type DynamoDBOptions } from 'cloudlet/dynamodb'

/** An engine on a free port, and the AWS SDK's clients for it. */
export async function startEngine(options: DynamoDBOptions = {}) {
  const engine = createDynamoDB(options)
  const { port } = await engine.listen({ port: 0 })
  const settings = {
    endpoint: `http://127.0.0.1:${port}`,
    region: 'us-east-1',
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
    // A clock that is moved on by hours closes idle connections: the SDK then tries again.
    maxAttempts: 3,
  }
  const client = new DynamoDBClient(settings)
  const streams = new DynamoDBStreamsClient(settings)
  return {
    client,
    streams,
    /** Creates a table with the partition key `p` (S), a sort key `s` (N) if asked for, on demand. */
    table: (name: string, more: Partial<CreateTableCommandInput> & { sort?: boolean } = {}) => {
      const { sort = false, AttributeDefinitions: further = [], ...rest } = more
      return client.send(
        new CreateTableCommand({
          TableName: name,
          BillingMode: 'PAY_PER_REQUEST',
          KeySchema: [
            { AttributeName: 'p', KeyType: 'HASH' },
            ...(sort ? [{ AttributeName: 's', KeyType: 'RANGE' as const }] : []),
          ],
          AttributeDefinitions: [
            { AttributeName: 'p', AttributeType: 'S' },
            ...(sort ? [{ AttributeName: 's', AttributeType: 'N' as const }] : []),
            ...further,
          ],
          ...rest,
        }),
      )
    },
    async stop() {
      client.destroy()
      streams.destroy()
      await engine.close()
    },
  }
}

export type TestEngine = Awaited<ReturnType<typeof startEngine>>

/** A refused request: the error's name and message. */
export async function refusal(call: Promise<unknown>): Promise<string> {
  try {
    await call
  } catch (error) {
    if (error instanceof Error) return `${error.name}: ${error.message}`
  }
  return 'no error'
}
