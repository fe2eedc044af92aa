// A set-up file for vitest: every test file gets a DynamoDB of its own, in memory, without a port.
import { DynamoDBClient } from '@aws-sdk/client-dynamodb'
import { createDynamoDB } from 'cloudlet/dynamodb'
import { afterAll } from 'vitest'

const engine = createDynamoDB()
export const client = new DynamoDBClient(engine.clientSettings)
afterAll(() => engine.close())
