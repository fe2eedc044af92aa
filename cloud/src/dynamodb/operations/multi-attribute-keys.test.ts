import { beforeEach, expect, it } from 'vitest'
import { testEngine, type TestEngine } from '../test-engine.ts'

let engine: TestEngine
const names = ['tournament', 'region', 'round', 'bracket', 'match']
const hash = (AttributeName: string): object => ({ AttributeName, KeyType: 'HASH' })
const range = (AttributeName: string): object => ({ AttributeName, KeyType: 'RANGE' })

const table = (KeySchema: object[]): object => ({
  TableName: 'Matches',
  BillingMode: 'PAY_PER_REQUEST',
  AttributeDefinitions: ['id', ...names].map((AttributeName) => ({
    AttributeName,
    AttributeType: AttributeName === 'match' ? 'N' : 'S',
  })),
  KeySchema: [hash('id')],
  GlobalSecondaryIndexes: [
    { IndexName: 'byRound', KeySchema, Projection: { ProjectionType: 'ALL' } },
  ],
})

beforeEach(async () => {
  engine = testEngine()
})

async function filled(): Promise<void> {
  await engine.call(
    'CreateTable',
    table([hash('tournament'), hash('region'), range('round'), range('bracket'), range('match')]),
  )
  const rows = [
    ['m1', 'W', 'east', 'final', 'upper', '1'],
    ['m2', 'W', 'east', 'semi', 'upper', '2'],
    ['m3', 'W', 'east', 'semi', 'lower', '3'],
    ['m4', 'W', 'west', 'semi', 'upper', '4'],
    ['m5', 'W', 'east', 'semi', 'upper', '10'],
  ]
  for (const [id = '', ...values] of rows) {
    const attributes = values.map((value, at) => [
      names[at],
      at === 4 ? { N: value } : { S: value },
    ])
    await engine.call('PutItem', {
      TableName: 'Matches',
      Item: { id: { S: id }, ...(Object.fromEntries(attributes) as object) },
    })
  }
  // Without one of the attributes an item is not in the index.
  await engine.call('PutItem', {
    TableName: 'Matches',
    Item: { id: { S: 'm6' }, tournament: { S: 'W' }, region: { S: 'east' }, round: { S: 'semi' } },
  })
}

const query = (text: string, values: object): object => ({
  TableName: 'Matches',
  IndexName: 'byRound',
  KeyConditionExpression: text,
  ExpressionAttributeNames: Object.fromEntries(
    [...new Set(text.match(/#\w+/g))].map((name) => [name, name.slice(1)]),
  ),
  ExpressionAttributeValues: values,
})
const partition = '#tournament = :t AND #region = :r'
const place = { ':t': { S: 'W' }, ':r': { S: 'east' } }

async function ids(input: object): Promise<string[]> {
  const { Items: items } = (await engine.call('Query', input)) as { Items: { id: { S: string } }[] }
  return items.map(({ id }) => id.S)
}

it('queries by the partition attributes and the first sort attributes', async () => {
  await filled()

  expect(await ids(query(partition, place))).toEqual(['m1', 'm3', 'm2', 'm5'])
  expect(
    await ids(query(`${partition} AND #round = :o`, { ...place, ':o': { S: 'semi' } })),
  ).toEqual(['m3', 'm2', 'm5'])
  expect(
    await ids(
      query(`${partition} AND #round = :o AND #bracket = :b AND #match > :m`, {
        ...place,
        ':o': { S: 'semi' },
        ':b': { S: 'upper' },
        ':m': { N: '2' },
      }),
    ),
  ).toEqual(['m5'])
})

it('pages with a LastEvaluatedKey of all attributes', async () => {
  await filled()
  const first = (await engine.call('Query', { ...query(partition, place), Limit: 2 })) as {
    LastEvaluatedKey: object
  }

  expect(Object.keys(first.LastEvaluatedKey).sort()).toEqual([...names, 'id'].sort())
  expect(
    await ids({ ...query(partition, place), ExclusiveStartKey: first.LastEvaluatedKey }),
  ).toEqual(['m2', 'm5'])
})

it('PartiQL uses all of the key', async () => {
  await filled()

  const answer = await engine.call('ExecuteStatement', {
    Statement:
      "SELECT id FROM \"Matches\".\"byRound\" WHERE tournament='W' AND \"region\"='east' AND round='semi' AND bracket='lower'",
  })

  expect(answer).toEqual({ Items: [{ id: { S: 'm3' } }] })
})

it('needs every partition attribute, and sort attributes from the left', async () => {
  await filled()

  expect(await engine.refusal('Query', query('#tournament = :t', { ':t': { S: 'W' } }))).toBe(
    'ValidationException: Query condition missed key schema element: region',
  )
  expect(
    await engine.refusal(
      'Query',
      query(`${partition} AND #bracket = :b`, { ...place, ':b': { S: 'upper' } }),
    ),
  ).toBe('ValidationException: Query condition missed key schema element: round')
})

it('refuses keys that are none', async () => {
  const refusal = (KeySchema: object[]) => engine.refusal('CreateTable', table(KeySchema))

  expect(await refusal([hash('tournament'), range('round'), hash('region')])).toMatch(/HASH keys/)
  expect(await refusal(names.map(hash))).toMatch(/at most 4 HASH/)
  expect(await refusal([hash('tournament'), range('round'), range('round')])).toMatch(/Duplicate/)
})

it('measures the sort attributes together', async () => {
  await engine.call('CreateTable', table([hash('tournament'), ...names.slice(1).map(range)]))
  const long = { S: 'x'.repeat(400) }

  expect(
    await engine.refusal('PutItem', {
      TableName: 'Matches',
      Item: {
        id: { S: 'm' },
        tournament: { S: 'W' },
        match: { N: '1' },
        region: long,
        round: long,
        bracket: long,
      },
    }),
  ).toMatch(/Aggregated size of all range keys/)
})
