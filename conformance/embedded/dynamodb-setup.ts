// A set-up file for vitest or jest: every test file gets a DynamoDB of its own, in memory, without a port.
import { DynamoDBClient } from '@aws-sdk/client-dynamodb'
import { createDynamoDB } from 'cloudlet/dynamodb'
import { afterAll } from 'vitest'

const engine = createDynamoDB()
export const client = new DynamoDBClient({
  region: 'us-east-1',
  credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
  requestHandler: engine.requestHandler,
})
afterAll(() => engine.close())
