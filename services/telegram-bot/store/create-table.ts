import {
  CreateTableCommand,
  DescribeTableCommand,
  DynamoDBClient,
  ResourceInUseException,
  UpdateTimeToLiveCommand,
  waitUntilTableExists,
} from '@aws-sdk/client-dynamodb'
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb'
import { documentClient, exactNumber } from '@cloudlet/kit'
import type { BotTable } from './table.ts'

/** The bot's table at an endpoint other than the SDK's settings name: one that this machine runs for the bot alone. */
export function tableAt(endpoint: string, name: string): BotTable {
  const client = new DynamoDBClient({
    endpoint,
    region: 'us-east-1',
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
  })
  return {
    name,
    client: DynamoDBDocumentClient.from(client, {
      marshallOptions: { removeUndefinedValues: true },
      unmarshallOptions: { wrapNumbers: exactNumber },
    }),
  }
}

/** A table that exists, found by the SDK's standard settings. */
export const existingTable = (name: string): BotTable => ({ client: documentClient(), name })

/** @throws where there is no such table, or it cannot be asked for */
export async function requireTable({ client, name }: BotTable): Promise<void> {
  await client.send(new DescribeTableCommand({ TableName: name }))
}

/** Makes the table where there is none, as stack.ts does for the function. */
export async function createTable({ client, name }: BotTable): Promise<void> {
  try {
    await client.send(
      new CreateTableCommand({
        TableName: name,
        BillingMode: 'PAY_PER_REQUEST',
        AttributeDefinitions: [
          { AttributeName: 'pk', AttributeType: 'S' },
          { AttributeName: 'sk', AttributeType: 'S' },
        ],
        KeySchema: [
          { AttributeName: 'pk', KeyType: 'HASH' },
          { AttributeName: 'sk', KeyType: 'RANGE' },
        ],
      }),
    )
  } catch (error) {
    if (error instanceof ResourceInUseException) return
    throw error
  }
  await waitUntilTableExists({ client, maxWaitTime: 30, minDelay: 1 }, { TableName: name })
  await client.send(
    new UpdateTimeToLiveCommand({
      TableName: name,
      TimeToLiveSpecification: { AttributeName: 'expiresAt', Enabled: true },
    }),
  )
}
