import { CreateTableCommand, DescribeTableCommand } from '@aws-sdk/client-dynamodb'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { refusal, startEngine, type TestEngine } from './engine.ts'

let engine: TestEngine
beforeAll(async () => {
  engine = await startEngine()
})
afterAll(() => engine.stop())

describe('CreateTable', () => {
  it('describes the table it makes', async () => {
    const { TableDescription: made } = await engine.table('made', { sort: true })

    expect(made).toMatchObject({
      TableName: 'made',
      TableStatus: 'CREATING',
      TableArn: 'arn:aws:dynamodb:us-east-1:000000000000:table/made',
      ItemCount: 0,
      BillingModeSummary: { BillingMode: 'PAY_PER_REQUEST' },
    })
    const { Table: table } = await engine.client.send(
      new DescribeTableCommand({ TableName: 'made' }),
    )
    expect(table?.TableStatus).toBe('ACTIVE')
  })

  it('refuses a name that is taken', async () => {
    await engine.table('taken')

    expect(await refusal(engine.table('taken'))).toBe(
      'ResourceInUseException: Table already exists: taken',
    )
  })

  it.each([
    [
      { TableName: 'ab' },
      'TableName must be at least 3 characters long and at most 255 characters long',
    ],
    [
      { BillingMode: undefined },
      'One or more parameter values were invalid: ReadCapacityUnits and WriteCapacityUnits must both be specified when BillingMode is PROVISIONED',
    ],
    [
      { KeySchema: [{ AttributeName: 'q', KeyType: 'HASH' as const }] },
      'One or more parameter values were invalid: Some index key attributes are not defined in AttributeDefinitions. Keys: [q], AttributeDefinitions: [p]',
    ],
    [
      { AttributeDefinitions: [{ AttributeName: 'z', AttributeType: 'S' as const }] },
      'One or more parameter values were invalid: Number of attributes in KeySchema does not exactly match number of attributes defined in AttributeDefinitions',
    ],
    [
      { KeySchema: [] },
      "1 validation error detected: Value '[]' at 'keySchema' failed to satisfy constraint: Member must have length greater than or equal to 1",
    ],
  ])('refuses %j', async (change, sentence) => {
    expect(await refusal(engine.table('refused', change))).toBe(`ValidationException: ${sentence}`)
  })

  it('asks for a name', async () => {
    const nameless = new CreateTableCommand({
      TableName: undefined,
      KeySchema: [],
      AttributeDefinitions: [],
    })

    expect(await refusal(engine.client.send(nameless))).toContain(
      "The parameter 'TableName' is required but was not present in the request",
    )
  })
})
