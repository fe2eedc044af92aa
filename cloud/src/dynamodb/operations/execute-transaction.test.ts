import { beforeEach, expect, it } from 'vitest'
import { AwsError } from '../../kernel/index.ts'
import { testEngine, type TestEngine } from '../test-engine.ts'

let engine: TestEngine

beforeEach(async () => {
  engine = testEngine()
  await engine.call('CreateTable', {
    TableName: 'Things',
    BillingMode: 'PAY_PER_REQUEST',
    AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
    KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
  })
  await engine.call('PutItem', { TableName: 'Things', Item: { id: { S: 'x' }, q: { N: '1' } } })
})

const input = (statements: string[], more: object = {}): object => ({
  TransactStatements: statements.map((Statement) => ({ Statement })),
  ...more,
})
const read = async (id: string): Promise<unknown> =>
  engine.call('GetItem', { TableName: 'Things', Key: { id: { S: id } } })

it('reads several items of one moment', async () => {
  const answer = await engine.call(
    'ExecuteTransaction',
    input(["SELECT * FROM Things WHERE id='x'", "SELECT * FROM Things WHERE id='y'"]),
  )

  expect(answer).toEqual({ Responses: [{ Item: { id: { S: 'x' }, q: { N: '1' } } }, {}] })
})

it('writes all or nothing, and says why', async () => {
  const statements = [
    "EXISTS(SELECT * FROM Things WHERE id='none' AND q IS MISSING)",
    "INSERT INTO Things VALUE {'id':'x'}",
    "UPDATE Things SET q=2 WHERE id='other'",
    "INSERT INTO Things VALUE {'id':'fresh'}",
  ]

  const failure = await engine
    .call('ExecuteTransaction', input(statements))
    .catch((e: unknown) => e)

  expect(failure).toBeInstanceOf(AwsError)
  expect(failure).toMatchObject({
    code: 'TransactionCanceledException',
    details: {
      CancellationReasons: [
        { Code: 'None' },
        { Code: 'DuplicateItem' },
        { Code: 'ConditionalCheckFailed' },
        { Code: 'None' },
      ],
    },
  })
  expect(await read('fresh')).toEqual({})
})

it('does a request with a token once', async () => {
  const request = input(["UPDATE Things SET q=q+1 WHERE id='x'"], { ClientRequestToken: 'once' })

  await engine.call('ExecuteTransaction', request)
  await engine.call('ExecuteTransaction', request)

  expect(await read('x')).toEqual({ Item: { id: { S: 'x' }, q: { N: '2' } } })
})

it.each([
  [
    ["SELECT * FROM Things WHERE id='x'", "INSERT INTO Things VALUE {'id':'z'}"],
    'ExecuteTransaction API does not support both read and write operations in the same request.',
  ],
  [
    ['SELECT * FROM Things'],
    'Validation failed in TransactStatements[0]: Select statements within ExecuteTransaction must specify the primary key in the where clause.',
  ],
  [
    ["EXISTS(SELECT * FROM Things WHERE id='x')"],
    'Validation failed in TransactStatements[0]: EXISTS() must contain a single item read with additional condition',
  ],
  [
    ["UPDATE Things SET q=2 WHERE id='x' RETURNING ALL NEW *"],
    'Validation failed in TransactStatements[0]: RETURNING clause is not supported in ExecuteTransaction.',
  ],
  [
    ["UPDATE Things SET q=2 WHERE id='x'", "DELETE FROM Things WHERE id='x'"],
    'Transaction request cannot include multiple operations on one item',
  ],
])('refuses %s', async (statements, sentence) => {
  expect(await engine.refusal('ExecuteTransaction', input(statements))).toBe(
    `ValidationException: ${sentence}`,
  )
})
