import { request, richItem, thingsTable, type Scene } from '../scene.ts'

const keyConditions = [
  'p = :p',
  'p = :p AND s = :one',
  's = :one AND p = :p',
  'p = :p AND s > :one',
  'p = :p AND s BETWEEN :one AND :two',
  'p = :p AND s BETWEEN :two AND :one',
  '(p = :p) AND (s >= :one)',
  ':p = p AND :one < s',
  'p > :p',
  's = :one',
  'p = :p OR s = :one',
  'NOT p = :p',
  'p = :p AND s <> :one',
  'p = :p AND begins_with(s, :one)',
  'p = :p AND begins_with(s, :p)',
  'p = :p AND contains(s, :one)',
  'p = :p AND p = :p',
  'p = :p AND s = :one AND n = :one',
  'p = :p AND n = :one',
  'p = :p AND s IN (:one)',
  'p = :one',
  'p = :p AND s = :p',
  'p = p',
  'size(p) = :one',
  'attribute_exists(p)',
  'p.x = :p',
  'p = :p AND s > :one AND s < :two',
  'begins_with(p, :p)',
  'p = :p AND',
  '',
]
const values = { ':p': { S: 'x' }, ':one': { N: '1' }, ':two': { N: '2' } }
const usedValues = (text: string): object | undefined => {
  const found = Object.entries(values).filter(([name]) => text.includes(name))
  return found.length === 0 ? undefined : Object.fromEntries(found)
}
const base = {
  TableName: 'things',
  KeyConditionExpression: 'p = :p',
  ExpressionAttributeValues: { ':p': { S: 'x' } },
}
const global = {
  TableName: 'things',
  IndexName: 'byG',
  KeyConditionExpression: 'g = :p',
  ExpressionAttributeValues: { ':p': { S: 'q' } },
}

const queries: object[] = [
  { Limit: 1 },
  { Limit: 0 },
  { Limit: 2, ScanIndexForward: false },
  { Select: 'COUNT' },
  { Select: 'ALL_PROJECTED_ATTRIBUTES' },
  { Select: 'SPECIFIC_ATTRIBUTES' },
  { Select: 'COUNT', ProjectionExpression: 'a' },
  { Select: 'X' },
  { ConsistentRead: true },
  { ReturnConsumedCapacity: 'TOTAL' },
  { ReturnConsumedCapacity: 'INDEXES' },
  { IndexName: 'nope' },
  { IndexName: 'x' },
  { IndexName: 'byN' },
  { IndexName: 'byN', Select: 'ALL_ATTRIBUTES', ReturnConsumedCapacity: 'INDEXES' },
  { ExclusiveStartKey: { p: { S: 'x' }, s: { N: '1' } } },
  { ExclusiveStartKey: { p: { S: 'y' }, s: { N: '1' } } },
  { ExclusiveStartKey: { p: { S: 'x' } } },
  { ExclusiveStartKey: { p: { S: 'x' }, s: { S: '1' } } },
  { ExclusiveStartKey: {} },
  { FilterExpression: 'p = :p' },
  { FilterExpression: 'a = :p' },
  { AttributesToGet: ['a'] },
  { ProjectionExpression: 'a, s', AttributesToGet: ['a'] },
  { KeyConditions: {} },
  { QueryFilter: {} },
].map((more) => ({ ...base, ...more }))

const globals: object[] = [
  {},
  { Limit: 1 },
  { ConsistentRead: true },
  { Select: 'ALL_ATTRIBUTES' },
  { Select: 'ALL_PROJECTED_ATTRIBUTES' },
  { ProjectionExpression: 'a' },
  { ProjectionExpression: 'm' },
  { ReturnConsumedCapacity: 'INDEXES' },
  { ExclusiveStartKey: { g: { S: 'q' }, n: { N: '5' }, p: { S: 'x' }, s: { N: '1' } } },
  { ExclusiveStartKey: { p: { S: 'x' }, s: { N: '1' } } },
  { FilterExpression: 'm.k = :p' },
].map((more) => ({ ...global, ...more }))

const scans: object[] = [
  { Limit: 1 },
  { Select: 'COUNT' },
  { Segment: 0 },
  { TotalSegments: 2 },
  { Segment: 2, TotalSegments: 2 },
  { Segment: -1, TotalSegments: 2 },
  { Segment: 0, TotalSegments: 0 },
  { Segment: 0, TotalSegments: 1_000_001 },
  { IndexName: 'byG' },
  { IndexName: 'byG', ConsistentRead: true },
  { ReturnConsumedCapacity: 'TOTAL' },
  { ConsistentRead: true, ReturnConsumedCapacity: 'INDEXES' },
  { ExclusiveStartKey: { p: { S: 'x' } } },
  { FilterExpression: 'p = :p', ExpressionAttributeValues: { ':p': { S: 'x' } } },
  { ExpressionAttributeNames: { '#a': 'a' } },
  { ExpressionAttributeValues: { ':a': { S: 'a' } } },
  { ProjectionExpression: '#a', ExpressionAttributeNames: { '#a': 'a', '#b': 'b' } },
  { ProjectionExpression: '#a', ExpressionAttributeNames: {} },
  { ProjectionExpression: 'a', ExpressionAttributeNames: { a: 'a' } },
  { ScanFilter: { n: { ComparisonOperator: 'GT', AttributeValueList: [{ N: '1' }] } } },
].map((more) => ({ TableName: 'things', ...more }))

export const readScenes: readonly Scene[] = [
  {
    name: 'queries and scans',
    cases: [
      thingsTable,
      request('PutItem', { TableName: 'things', Item: richItem }),
      ...['2', '3'].map((N) =>
        request('PutItem', {
          TableName: 'things',
          Item: { p: { S: 'x' }, s: { N }, n: { N }, g: { S: 'q' } },
        }),
      ),
      ...keyConditions.map((text) =>
        request('Query', {
          TableName: 'things',
          KeyConditionExpression: text,
          ExpressionAttributeValues: usedValues(text),
        }),
      ),
      ...[...queries, ...globals].map((input) => request('Query', input)),
      ...scans.map((input) => request('Scan', input)),
    ],
  },
]
