import { gzipSync } from 'node:zlib'
import type { Random } from './random.ts'

/** Makes requests that no client would send. Bytes as they go over the socket. */
export type HostileRequest = { readonly kind: string; readonly bytes: Buffer }

const json = 'application/x-amz-json-1.0'
const oddNames = [
  '__proto__',
  'constructor',
  'prototype',
  'toString',
  'hasOwnProperty',
  '',
  '\u0000',
]

/** Requests that are right, to be spoiled. */
const sound: readonly (readonly [operation: string, input: object])[] = [
  [
    'PutItem',
    { TableName: 'things', Item: { p: { S: 'a' }, n: { N: '1' }, l: { L: [{ BOOL: true }] } } },
  ],
  [
    'GetItem',
    {
      TableName: 'things',
      Key: { p: { S: 'a' } },
      ProjectionExpression: '#a.b[0]',
      ExpressionAttributeNames: { '#a': 'l' },
    },
  ],
  [
    'UpdateItem',
    {
      TableName: 'things',
      Key: { p: { S: 'a' } },
      UpdateExpression: 'SET n = n + :v, m.x = if_not_exists(q, :v) REMOVE l[3] ADD c :v',
      ConditionExpression: 'attribute_exists(p) AND size(l) >= :v',
      ExpressionAttributeValues: { ':v': { N: '1' } },
      ReturnValues: 'ALL_NEW',
    },
  ],
  [
    'DeleteItem',
    {
      TableName: 'things',
      Key: { p: { S: 'b' } },
      Expected: { n: { ComparisonOperator: 'EQ', AttributeValueList: [{ N: '1' }] } },
    },
  ],
  [
    'Query',
    {
      TableName: 'things',
      KeyConditionExpression: 'p = :p',
      FilterExpression: 'contains(l, :p) OR n IN (:p, :p)',
      ExpressionAttributeValues: { ':p': { S: 'a' } },
      Limit: 3,
    },
  ],
  [
    'Query',
    {
      TableName: 'things',
      KeyConditions: { p: { ComparisonOperator: 'EQ', AttributeValueList: [{ S: 'a' }] } },
    },
  ],
  [
    'Scan',
    {
      TableName: 'things',
      ScanFilter: {
        n: { ComparisonOperator: 'BETWEEN', AttributeValueList: [{ N: '1' }, { N: '2' }] },
      },
      Segment: 0,
      TotalSegments: 2,
    },
  ],
  ['Scan', { TableName: 'things', ExclusiveStartKey: { p: { S: 'a' } }, Select: 'COUNT' }],
  ['BatchGetItem', { RequestItems: { things: { Keys: [{ p: { S: 'a' } }] } } }],
  [
    'BatchWriteItem',
    {
      RequestItems: {
        things: [
          { PutRequest: { Item: { p: { S: 'a' } } } },
          { DeleteRequest: { Key: { p: { S: 'b' } } } },
        ],
      },
    },
  ],
  [
    'TransactWriteItems',
    {
      TransactItems: [{ Put: { TableName: 'things', Item: { p: { S: 'a' } } } }],
      ClientRequestToken: 'x',
    },
  ],
  [
    'TransactGetItems',
    { TransactItems: [{ Get: { TableName: 'things', Key: { p: { S: 'a' } } } }] },
  ],
  [
    'ExecuteStatement',
    {
      Statement: 'SELECT m.x, l[0] FROM things WHERE p = ? AND n BETWEEN 1 AND 2',
      Parameters: [{ S: 'a' }],
    },
  ],
  [
    'ExecuteStatement',
    { Statement: "UPDATE things SET n = n + 1 REMOVE l[0] WHERE p = 'a' RETURNING ALL NEW *" },
  ],
  [
    'BatchExecuteStatement',
    { Statements: [{ Statement: "INSERT INTO things VALUE {'p':'a','s':<<1,2>>}" }] },
  ],
  [
    'ExecuteTransaction',
    { TransactStatements: [{ Statement: "DELETE FROM things WHERE p = 'a'" }] },
  ],
  [
    'CreateTable',
    {
      TableName: 'zz',
      AttributeDefinitions: [{ AttributeName: 'p', AttributeType: 'S' }],
      KeySchema: [{ AttributeName: 'p', KeyType: 'HASH' }],
      BillingMode: 'NONE',
    },
  ],
  [
    'UpdateTable',
    {
      TableName: 'none',
      AttributeDefinitions: [],
      GlobalSecondaryIndexUpdates: [{ Delete: { IndexName: 'abc' } }],
    },
  ],
  ['DescribeTable', { TableName: 'things' }],
  [
    'UpdateTimeToLive',
    { TableName: 'none', TimeToLiveSpecification: { Enabled: true, AttributeName: 't' } },
  ],
  [
    'TagResource',
    {
      ResourceArn: 'arn:aws:dynamodb:us-east-1:000000000000:table/things',
      Tags: [{ Key: 'k', Value: 'v' }],
    },
  ],
  ['ListBackups', { TableName: 'things', Limit: 1 }],
  [
    'RestoreTableFromBackup',
    {
      TargetTableName: 'abc',
      BackupArn: 'arn:aws:dynamodb:us-east-1:000000000000:table/things/backup/01',
    },
  ],
]

/** Pieces of expressions and statements, to be strung together. */
const words = [
  'AND',
  'OR',
  'NOT',
  'IN',
  'BETWEEN',
  '(',
  ')',
  '[',
  ']',
  '{',
  '}',
  '<<',
  '>>',
  ',',
  '.',
  '=',
  '<>',
  '<',
  '#a',
  ':v',
  'p',
  'n',
  'size',
  'contains',
  'attribute_type',
  'SET',
  'REMOVE',
  'ADD',
  'DELETE',
  '[0]',
  '[*]',
  'SELECT',
  '*',
  'FROM',
  'things',
  'WHERE',
  "'a'",
  '"p"',
  '?',
  'UPDATE',
  'INSERT INTO',
  'VALUE',
  'IS',
  'MISSING',
  '1',
  '-1',
  '1e400',
  '+',
  '-',
  '`x`',
  '@',
  ';',
  '--',
  '/*',
  '\u{1f600}',
  '\n',
  'EXISTS',
  'ORDER BY',
  'LIMIT',
]

const kinds: readonly ((random: Random) => Buffer)[] = [
  function randomBytes(random) {
    return noise(random, 1 + random.below(2000))
  },
  function randomBody(random) {
    return call(random.of(sound)[0], noise(random, random.below(3000)))
  },
  function mutatedText(random) {
    const [operation, input] = random.of(sound)
    const body = Buffer.from(JSON.stringify(input))
    for (let count = 1 + random.below(5); count > 0; count--)
      body[random.below(body.length)] = random.below(256)
    return call(operation, random.chance(0.3) ? body.subarray(0, random.below(body.length)) : body)
  },
  function mutatedTree(random) {
    const [operation, input] = random.of(sound)
    return call(operation, JSON.stringify(spoiled(random, input, 0.2)))
  },
  function wordSoup(random) {
    const soup = random.several(1, 40, () => random.of(words)).join(random.chance(0.8) ? ' ' : '')
    const [operation, input] = random.of(sound)
    return call(operation, JSON.stringify({ ...input, ...expressions(random, soup) }))
  },
  function deepNesting(random) {
    const levels = random.of([30, 33, 100, 1000, 20_000])
    const [open, close] = random.of([
      ['[', ']'],
      ['{"a":', '}'],
      ['{"L":[', ']}'],
      ['{"M":{"x":', '}}'],
    ] as const)
    const nested = open.repeat(levels) + '{"S":"x"}' + close.repeat(levels)
    const body = `{"TableName":"things","Item":{"p":{"S":"a"},"deep":${nested}}}`
    return call('PutItem', random.chance(0.2) ? body.slice(0, body.length / 2) : body)
  },
  function deepExpression(random) {
    const levels = random.of([10, 300, 1000, 2000])
    const soup = random.of(['(', 'NOT ', 'size(', 'a.', '[', '<<', '{'])
    const [operation, input] = random.of(sound)
    return call(
      operation,
      JSON.stringify({ ...input, ...expressions(random, soup.repeat(levels)) }),
    )
  },
  function hugeNumber(random) {
    const number = random.of([
      '9'.repeat(5000),
      `1e${'9'.repeat(20)}`,
      `-1e-${'9'.repeat(9)}`,
      `0.${'0'.repeat(3000)}1`,
      'NaN',
      'Infinity',
      '0x10',
      '1e',
      '--1',
      '1_000',
      '١',
      '1e126',
      '1E+999999999',
    ])
    const raw = random.of(['1e400', '-0', '99999999999999999999', '1.5', '1e-7', '9'.repeat(400)])
    return call(
      'Query',
      `{"TableName":"things","KeyConditionExpression":"p = :v","ExpressionAttributeValues":{":v":{"N":"${number}"}},"Limit":${raw}}`,
    )
  },
  function prototypeNames(random) {
    const name = JSON.stringify(random.of(oddNames))
    const body = random.of([
      `{"TableName":${name},"Item":{${name}:{"S":"a"}}}`,
      `{"TableName":"things","Item":{"p":{"S":"a"},${name}:{"M":{${name}:{"N":"1"}}}}}`,
      `{"TableName":"things","Key":{"p":{"S":"a"}},"UpdateExpression":"SET #n = :v","ExpressionAttributeNames":{"#n":${name}},"ExpressionAttributeValues":{":v":{"S":"x"}}}`,
      `{"RequestItems":{${name}:{"Keys":[{${name}:{"S":"a"}}]}}}`,
      `{${name}:${name},"TableName":"things","Expected":{${name}:{"Exists":false}},"Key":{${name}:{${name}:"a"}}}`,
    ])
    return call(random.of(sound)[0], body)
  },
  function brokenGzip(random) {
    const [operation, input] = random.of(sound)
    const packed = gzipSync(random.chance(0.1) ? Buffer.alloc(1_000_000) : JSON.stringify(input))
    if (random.chance(0.5)) packed[random.below(packed.length)] = random.below(256)
    const cut = random.chance(0.6) ? packed.subarray(0, random.below(packed.length)) : packed
    return call(operation, cut, ['content-encoding: gzip'])
  },
  function oddHead(random) {
    const body = '{}'
    return random.of([
      () => call('', body),
      () => call(random.of(oddNames), body),
      () => Buffer.from(`${random.of(['GET', 'PUT', 'BREW', ''])} / HTTP/1.1\r\nhost: x\r\n\r\n`),
      () =>
        Buffer.from(
          `POST / HTTP/${random.of(['0.9', '1.1x', '3', ''])}\r\nhost: x\r\ncontent-length: 2\r\n\r\n{}`,
        ),
      () => call('ListTables', body, [`x-odd: ${'y'.repeat(random.of([10, 9000, 70_000]))}`]),
      () => call('ListTables', body, ['transfer-encoding: chunked']),
      () =>
        Buffer.from(
          `POST / HTTP/1.1\r\nhost: x\r\ncontent-length: ${random.of(['-1', '1e9', 'x', '99999999999999'])}\r\n\r\n{}`,
        ),
      () =>
        Buffer.from(
          `POST / HTTP/1.1\r\nhost: x\r\nx-amz-target: DynamoDB_20120810.ListTables\r\ntransfer-encoding: chunked\r\n\r\n${random.of(['zz', 'ffffffffff', '-1', '2;x=y'])}\r\n{}\r\n0\r\n\r\n`,
        ),
      () =>
        Buffer.from(
          `POST ${random.of(['*', '//', '/%', '/?%', 'http://[', `/${'a'.repeat(20_000)}`])} HTTP/1.1\r\nhost: x\r\ncontent-length: 2\r\n\r\n{}`,
        ),
    ])()
  },
]

/** One request of a random kind. */
export function hostileRequest(random: Random): HostileRequest {
  const make = random.of(kinds)
  return { kind: make.name, bytes: make(random) }
}

/** A request as a client frames it. */
export function call(operation: string, body: string | Buffer, headers: string[] = []): Buffer {
  const content = Buffer.from(body)
  const head = [
    'POST / HTTP/1.1',
    'host: localhost',
    `content-type: ${json}`,
    `x-amz-target: DynamoDB_20120810.${operation}`,
    'authorization: AWS4-HMAC-SHA256 Credential=local/20260101/us-east-1/dynamodb/aws4_request, SignedHeaders=host, Signature=0',
    'x-amz-date: 20260101T000000Z',
    `content-length: ${content.length}`,
    ...headers,
  ]
  return Buffer.concat([Buffer.from(`${head.join('\r\n')}\r\n\r\n`), content])
}

const noise = (random: Random, length: number): Buffer =>
  Buffer.from(Array.from({ length }, () => random.below(256)))

const expressions = (random: Random, soup: string): object => ({
  [random.of([
    'FilterExpression',
    'ConditionExpression',
    'UpdateExpression',
    'KeyConditionExpression',
    'ProjectionExpression',
    'Statement',
  ])]: soup,
})

/** A tree with some of its members exchanged, left out or doubled. */
function spoiled(random: Random, tree: unknown, share: number): unknown {
  if (random.chance(share / 3)) {
    return random.of<unknown>([
      null,
      true,
      0,
      -1,
      1e300,
      1.5,
      '',
      'x',
      [],
      {},
      [[]],
      { S: 1 },
      { N: 'x' },
      { M: null },
      { B: '!' },
      { SS: [] },
      { L: {} },
      'y'.repeat(70_000),
      Array.from({ length: 200 }, () => ({ S: 'a' })),
    ])
  }
  if (Array.isArray(tree)) {
    const members = tree.map((each) => spoiled(random, each, share))
    return random.chance(share / 3) ? [...members, ...members] : members
  }
  if (tree === null || typeof tree !== 'object') return tree
  return Object.fromEntries(
    Object.entries(tree).flatMap(([name, each]) =>
      random.chance(share / 5)
        ? []
        : [[random.chance(share / 5) ? random.of(oddNames) : name, spoiled(random, each, share)]],
    ),
  )
}
