/** One request that is sent to both engines. */
export type Case = {
  readonly operation: string
  /** Parameters, or the body itself as text. */
  readonly input: object | string
}

/** Requests in their order; tables of one scene are not seen by another. */
export type Scene = { readonly name: string; readonly cases: readonly Case[] }

export const request = (operation: string, input: object | string): Case => ({ operation, input })

/** The table that most scenes use: key `p` (S), `s` (N); indexes `byG` (g, n) and `byN` (p, n). */
export const thingsTable = request('CreateTable', {
  TableName: 'things',
  BillingMode: 'PAY_PER_REQUEST',
  AttributeDefinitions: [
    { AttributeName: 'p', AttributeType: 'S' },
    { AttributeName: 's', AttributeType: 'N' },
    { AttributeName: 'g', AttributeType: 'S' },
    { AttributeName: 'n', AttributeType: 'N' },
  ],
  KeySchema: [
    { AttributeName: 'p', KeyType: 'HASH' },
    { AttributeName: 's', KeyType: 'RANGE' },
  ],
  GlobalSecondaryIndexes: [
    {
      IndexName: 'byG',
      KeySchema: [
        { AttributeName: 'g', KeyType: 'HASH' },
        { AttributeName: 'n', KeyType: 'RANGE' },
      ],
      Projection: { ProjectionType: 'INCLUDE', NonKeyAttributes: ['a'] },
    },
  ],
  LocalSecondaryIndexes: [
    {
      IndexName: 'byN',
      KeySchema: [
        { AttributeName: 'p', KeyType: 'HASH' },
        { AttributeName: 'n', KeyType: 'RANGE' },
      ],
      Projection: { ProjectionType: 'KEYS_ONLY' },
    },
  ],
})

export const richItem = {
  p: { S: 'x' },
  s: { N: '1' },
  g: { S: 'q' },
  n: { N: '5' },
  a: { S: 'text' },
  l: { L: [{ N: '1' }, { S: 'b' }, { M: { k: { S: 'v' } } }] },
  m: { M: { k: { S: 'v' }, d: { M: { e: { N: '2' } } } } },
  ss: { SS: ['p', 'q'] },
  ns: { NS: ['1', '2'] },
  bs: { BS: ['AQ=='] },
  b: { B: 'AAEC' },
  t: { BOOL: true },
  z: { NULL: true },
}
