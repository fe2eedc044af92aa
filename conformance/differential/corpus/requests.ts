import { request, richItem, thingsTable, type Scene } from '../scene.ts'

/** Whole operations: batches, transactions, tables, legacy parameters, malformed bodies. */
const key = (p: string) => ({ p: { S: p }, s: { N: '1' } })
const item = (p: string) => ({ ...key(p), a: { S: 'v' } })
const keys = (count: number) => Array.from({ length: count }, (_, at) => key(`k${at}`))

const batchWrites: object[] = [
  ...[
    [{ PutRequest: { Item: item('a') } }],
    [{ PutRequest: { Item: item('a') } }, { DeleteRequest: { Key: key('a') } }],
    [{}],
    [],
    [{ PutRequest: { Item: {} } }],
    [{ DeleteRequest: { Key: { p: { S: 'a' } } } }],
    [{ PutRequest: { Item: item('a') }, DeleteRequest: { Key: key('b') } }],
    keys(26).map((Key) => ({ DeleteRequest: { Key } })),
  ].map((things) => ({ RequestItems: { things }, ReturnConsumedCapacity: 'TOTAL' })),
  { RequestItems: {} },
  {},
  { RequestItems: { nope: [{ DeleteRequest: { Key: key('a') } }] } },
  { RequestItems: { x: [{ DeleteRequest: { Key: key('a') } }] } },
]
const batchGets: object[] = [
  ...[
    { Keys: [key('a')] },
    { Keys: [key('a'), key('a')] },
    { Keys: [] },
    {},
    { Keys: keys(101) },
    { Keys: [key('a')], ProjectionExpression: 'a' },
    { Keys: [key('a')], AttributesToGet: ['a'], ProjectionExpression: 'a' },
    { Keys: [{ p: { S: 'a' } }] },
    { Keys: [key('a')], ConsistentRead: true },
  ].map((things) => ({ RequestItems: { things }, ReturnConsumedCapacity: 'INDEXES' })),
  { RequestItems: {} },
  { RequestItems: { nope: { Keys: [key('a')] } } },
]
const transactions: object[][] = [
  [{ Put: { TableName: 'things', Item: item('t') } }],
  [
    { Put: { TableName: 'things', Item: item('t') } },
    { Delete: { TableName: 'things', Key: key('t') } },
  ],
  [{}],
  [],
  [{ Put: { TableName: 'nope', Item: item('t') } }],
  [
    {
      Put: { TableName: 'things', Item: item('t') },
      Delete: { TableName: 'things', Key: key('u') },
    },
  ],
  [
    {
      Put: {
        TableName: 'things',
        Item: item('t'),
        ConditionExpression: 'attribute_not_exists(p)',
        ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
      },
    },
    {
      ConditionCheck: {
        TableName: 'things',
        Key: key('u'),
        ConditionExpression: 'attribute_exists(p)',
      },
    },
    { Delete: { TableName: 'things', Key: key('v') } },
  ],
  [
    {
      Update: {
        TableName: 'things',
        Key: key('t'),
        UpdateExpression: 'SET a = a + :n',
        ExpressionAttributeValues: { ':n': { N: '1' } },
      },
    },
  ],
  [{ Update: { TableName: 'things', Key: key('t') } }],
  [{ ConditionCheck: { TableName: 'things', Key: key('t') } }],
  [{ Delete: { TableName: 'things', Key: { p: { S: 'a' } } } }],
  [{ Put: { TableName: 'things', Item: { p: { S: 'a' } } } }],
]
const legacy: object[] = [
  { a: { Value: { S: 'v' } } },
  { a: { Exists: false } },
  { a: { Exists: true } },
  { a: { Value: { S: 'v' }, Exists: false } },
  { a: {} },
  { a: { ComparisonOperator: 'EQ', AttributeValueList: [{ S: 'v' }] } },
  { a: { ComparisonOperator: 'EQ' } },
  { a: { ComparisonOperator: 'EQ', AttributeValueList: [{ S: 'v' }, { S: 'w' }] } },
  { a: { ComparisonOperator: 'BETWEEN', AttributeValueList: [{ S: 'z' }, { S: 'a' }] } },
  { a: { ComparisonOperator: 'IN', AttributeValueList: [{ S: 'v' }, { N: '1' }] } },
  { a: { ComparisonOperator: 'NULL' } },
  { a: { ComparisonOperator: 'NOT_NULL', AttributeValueList: [{ S: 'v' }] } },
  { a: { ComparisonOperator: 'CONTAINS', AttributeValueList: [{ SS: ['v'] }] } },
  { a: { ComparisonOperator: 'FOO' } },
  { a: { Value: { S: 'v' }, ComparisonOperator: 'EQ' } },
  {},
]
const attributeUpdates: object[] = [
  { a: { Value: { S: 'w' } } },
  { a: { Action: 'DELETE' } },
  { a: { Action: 'ADD', Value: { N: '1' } } },
  { c: { Action: 'ADD', Value: { N: '1' } } },
  { c: { Action: 'ADD', Value: { S: 'x' } } },
  { l: { Action: 'ADD', Value: { L: [{ N: '1' }] } } },
  { ss: { Action: 'DELETE', Value: { SS: ['p'] } } },
  { a: { Action: 'PUT' } },
  { a: {} },
  { p: { Value: { S: 'w' } } },
  { a: { Action: 'FOO', Value: { S: 'x' } } },
  {},
]
const parameters: [string, object][] = [
  ['PutItem', { Item: item('r'), ReturnValues: 'ALL_NEW' }],
  ['PutItem', { Item: item('r'), ReturnValues: 'FOO' }],
  ['PutItem', { Item: item('r'), ReturnValues: 'ALL_OLD', ReturnConsumedCapacity: 'INDEXES' }],
  ['PutItem', { Item: item('r'), ReturnConsumedCapacity: 'FOO' }],
  ['PutItem', { Item: item('r'), Expected: {}, ConditionExpression: 'a = b' }],
  ['PutItem', { Item: item('r'), ExpressionAttributeNames: { '#a': 'a' } }],
  ['PutItem', { Item: item('r'), ExpressionAttributeValues: { ':a': { S: 'a' } } }],
  [
    'PutItem',
    {
      Item: item('r'),
      ConditionExpression: 'a = :v',
      ExpressionAttributeValues: { ':v': { S: 'x' }, ':w': { S: 'x' } },
    },
  ],
  [
    'PutItem',
    {
      Item: item('r'),
      ConditionExpression: 'a = :v',
      ExpressionAttributeValues: { v: { S: 'x' } },
    },
  ],
  ['PutItem', { Item: item('r'), ConditionExpression: 'a = :v', ExpressionAttributeValues: {} }],
  [
    'PutItem',
    { Item: item('r'), ConditionExpression: 'a = :v', ExpressionAttributeValues: { ':v': {} } },
  ],
  [
    'PutItem',
    {
      Item: item('r'),
      ConditionExpression: 'a = :v',
      ExpressionAttributeValues: { ':v': { S: 'no' } },
      ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
    },
  ],
  ['PutItem', {}],
  ['GetItem', { Key: key('r'), ReturnConsumedCapacity: 'TOTAL', ConsistentRead: true }],
  ['GetItem', { Key: key('r'), AttributesToGet: [] }],
  ['GetItem', { Key: key('r'), AttributesToGet: ['a', 'a'] }],
  ['GetItem', { Key: key('r'), ConsistentRead: 'true' }],
  ['GetItem', {}],
  ['UpdateItem', { Key: key('r'), ReturnValues: 'ALL_NEW' }],
  ['UpdateItem', { Key: key('w'), ReturnValues: 'UPDATED_NEW' }],
  [
    'UpdateItem',
    {
      Key: key('r'),
      UpdateExpression: 'SET a = :v',
      AttributeUpdates: {},
      ExpressionAttributeValues: { ':v': { S: 'x' } },
    },
  ],
  ['DeleteItem', { Key: key('r'), ReturnValues: 'UPDATED_OLD' }],
  ['DeleteItem', { Key: key('gone'), ReturnValues: 'ALL_OLD', ReturnConsumedCapacity: 'TOTAL' }],
]
const bodies = [
  '',
  '{',
  '[]',
  '"x"',
  'null',
  '1',
  '{"TableName":1}',
  '{"TableName":["x"]}',
  '{"TableName":{}}',
  '{"TableName":"things","Key":1}',
  '{"TableName":"things","Key":"x"}',
  '{"TableName":"things","Key":[]}',
  '{"TableName":"things","Key":{"p":1}}',
  '{"TableName":"things","Key":{"p":{"S":1}}}',
  '{"TableName":"things","Key":{"p":{"S":true}}}',
  '{"TableName":"things","ConsistentRead":"x","Key":{}}',
  '{"TableName":"","Key":{}}',
  '{"TableName":"a","Key":{}}',
  '{"TableName":"a;b","Key":{}}',
  '{"Key":{}}',
  '{}',
]

const tables: object[] = [
  {},
  { TableName: 'ab' },
  { TableName: 'x'.repeat(256) },
  { TableName: 'abc;' },
  { TableName: 'abc' },
  ...[
    { KeySchema: [], AttributeDefinitions: [] },
    { KeySchema: [{ AttributeName: 'a', KeyType: 'HASH' }], AttributeDefinitions: [] },
    {
      KeySchema: [{ AttributeName: 'a', KeyType: 'RANGE' }],
      AttributeDefinitions: [{ AttributeName: 'a', AttributeType: 'S' }],
    },
    {
      KeySchema: [{ AttributeName: 'a', KeyType: 'HASH' }],
      AttributeDefinitions: [{ AttributeName: 'b', AttributeType: 'S' }],
    },
    {
      KeySchema: [{ AttributeName: 'a', KeyType: 'HASH' }],
      AttributeDefinitions: [{ AttributeName: 'a', AttributeType: 'Q' }],
    },
    {
      KeySchema: [{ AttributeName: 'a', KeyType: 'HASH' }],
      AttributeDefinitions: [
        { AttributeName: 'a', AttributeType: 'S' },
        { AttributeName: 'b', AttributeType: 'S' },
      ],
    },
    {
      KeySchema: [
        { AttributeName: 'a', KeyType: 'HASH' },
        { AttributeName: 'a', KeyType: 'RANGE' },
      ],
      AttributeDefinitions: [{ AttributeName: 'a', AttributeType: 'S' }],
    },
    {
      BillingMode: 'FOO',
      KeySchema: [{ AttributeName: 'a', KeyType: 'HASH' }],
      AttributeDefinitions: [{ AttributeName: 'a', AttributeType: 'S' }],
    },
    {
      BillingMode: 'PROVISIONED',
      KeySchema: [{ AttributeName: 'a', KeyType: 'HASH' }],
      AttributeDefinitions: [{ AttributeName: 'a', AttributeType: 'S' }],
    },
    {
      ProvisionedThroughput: { ReadCapacityUnits: 0, WriteCapacityUnits: 1 },
      KeySchema: [{ AttributeName: 'a', KeyType: 'HASH' }],
      AttributeDefinitions: [{ AttributeName: 'a', AttributeType: 'S' }],
    },
    {
      ProvisionedThroughput: { ReadCapacityUnits: 1, WriteCapacityUnits: 1 },
      BillingMode: 'PAY_PER_REQUEST',
      KeySchema: [{ AttributeName: 'a', KeyType: 'HASH' }],
      AttributeDefinitions: [{ AttributeName: 'a', AttributeType: 'S' }],
    },
  ].map((more) => ({ TableName: 'wrong', BillingMode: 'PAY_PER_REQUEST', ...more })),
]

export const requestScenes: readonly Scene[] = [
  {
    name: 'malformed bodies',
    cases: [thingsTable, ...bodies.map((body) => request('GetItem', body))],
  },
  { name: 'tables', cases: tables.map((input) => request('CreateTable', input)) },
  {
    name: 'table operations',
    cases: [
      thingsTable,
      thingsTable,
      request('DescribeTable', {}),
      request('DescribeTable', { TableName: 'ab' }),
      request('DescribeTable', { TableName: 'nope' }),
      request('ListTables', { Limit: 0 }),
      request('ListTables', { Limit: 101 }),
      request('ListTables', { ExclusiveStartTableName: 'a' }),
      request('DescribeTimeToLive', { TableName: 'things' }),
      request('UpdateTimeToLive', {
        TableName: 'things',
        TimeToLiveSpecification: { Enabled: true, AttributeName: 't' },
      }),
      request('DescribeTimeToLive', { TableName: 'things' }),
      request('UpdateTimeToLive', {
        TableName: 'things',
        TimeToLiveSpecification: { Enabled: true, AttributeName: 't' },
      }),
      request('UpdateTable', { TableName: 'nope', BillingMode: 'PAY_PER_REQUEST' }),
      request('DeleteTable', { TableName: 'nope' }),
      request('DeleteTable', { TableName: 'x' }),
      request('FooBar', {}),
    ],
  },
  {
    name: 'batch writes',
    cases: [thingsTable, ...batchWrites.map((input) => request('BatchWriteItem', input))],
  },
  {
    name: 'batch gets',
    cases: [
      thingsTable,
      request('PutItem', { TableName: 'things', Item: item('a') }),
      ...batchGets.map((input) => request('BatchGetItem', input)),
    ],
  },
  {
    name: 'transactions',
    cases: [
      thingsTable,
      ...transactions.map((TransactItems) =>
        request('TransactWriteItems', { TransactItems, ReturnConsumedCapacity: 'TOTAL' }),
      ),
      request('TransactGetItems', {
        TransactItems: [
          { Get: { TableName: 'things', Key: key('t') } },
          { Get: { TableName: 'things', Key: key('none') } },
        ],
      }),
      request('TransactGetItems', {
        TransactItems: [
          { Get: { TableName: 'things', Key: key('t') } },
          { Get: { TableName: 'things', Key: key('t') } },
        ],
      }),
      request('TransactGetItems', { TransactItems: [{}] }),
    ],
  },
  {
    name: 'parameters',
    cases: [
      thingsTable,
      ...parameters.map(([operation, input]) =>
        request(operation, { TableName: 'things', ...input }),
      ),
    ],
  },
  {
    name: 'legacy parameters',
    cases: [
      thingsTable,
      ...legacy.flatMap((Expected) => [
        request('PutItem', { TableName: 'things', Item: item('x') }),
        request('PutItem', { TableName: 'things', Item: item('x'), Expected }),
      ]),
      ...attributeUpdates.flatMap((AttributeUpdates) => [
        request('PutItem', { TableName: 'things', Item: richItem }),
        request('UpdateItem', {
          TableName: 'things',
          Key: key('x'),
          AttributeUpdates,
          ReturnValues: 'ALL_NEW',
        }),
      ]),
    ],
  },
]
