import { beforeEach, expect, it } from 'vitest'
import { testEngine, type TestEngine } from '../test-engine.ts'

let engine: TestEngine
const item = { id: { S: 'x' }, q: { N: '1' } }

beforeEach(async () => {
  engine = testEngine()
  await engine.call('CreateTable', {
    TableName: 'Things',
    BillingMode: 'PAY_PER_REQUEST',
    AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
    KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
  })
  await engine.call('PutItem', { TableName: 'Things', Item: item })
})

const batch = (...statements: string[]): Promise<unknown> =>
  engine.call('BatchExecuteStatement', {
    Statements: statements.map((Statement) => ({ Statement })),
    ReturnConsumedCapacity: 'TOTAL',
  })

it('answers reads in order, each with its own error', async () => {
  const answer = await batch(
    "SELECT q FROM Things WHERE id='x'",
    "SELECT * FROM Things WHERE id='none'",
    'SELECT * FROM Things',
    "SELECT * FROM Nope WHERE id='x'",
  )

  expect(answer).toEqual({
    Responses: [
      { TableName: 'Things', Item: { q: { N: '1' } } },
      { TableName: 'Things' },
      { Error: { Code: 'ValidationError', Message: 'Only single item select is supported' } },
      { Error: { Code: 'ResourceNotFound', Message: 'Requested resource not found' } },
    ],
    ConsumedCapacity: [{ TableName: 'Things', CapacityUnits: 1 }],
  })
})

it('runs writes each by itself', async () => {
  const answer = await batch(
    "INSERT INTO Things VALUE {'id':'x'}",
    "INSERT INTO Things VALUE {'id':'new'}",
    "UPDATE Things SET q=1 WHERE id='none'",
    "DELETE FROM Things WHERE id='gone'",
  )

  expect(answer).toMatchObject({
    Responses: [
      {
        TableName: 'Things',
        Error: { Code: 'DuplicateItem', Message: 'Duplicate primary key exists in table' },
      },
      { TableName: 'Things' },
      { TableName: 'Things', Error: { Code: 'ConditionalCheckFailed' } },
      { TableName: 'Things' },
    ],
  })
})

it.each([
  [
    ["SELECT * FROM Things WHERE id='x'", "INSERT INTO Things VALUE {'id':'z'}"],
    'Read and write requests together in the same batch is not supported.',
  ],
  [
    ["SELECT * FROM Things WHERE id='x'", "SELECT q FROM Things WHERE id='x'"],
    'Provided list of item keys contains duplicates',
  ],
])('refuses as a whole: %s', async (statements, sentence) => {
  expect(
    await engine.refusal('BatchExecuteStatement', {
      Statements: statements.map((Statement) => ({ Statement })),
    }),
  ).toBe(`ValidationException: ${sentence}`)
})
