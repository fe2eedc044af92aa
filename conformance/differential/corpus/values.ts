import { request, thingsTable, type Scene } from '../scene.ts'

const numbers = [
  '0',
  '-0',
  '00',
  '+1',
  '1.0',
  '1.50',
  '.5',
  '5.',
  '1e2',
  '1E+2',
  '1e-2',
  '-1.5e3',
  '100',
  '0.000',
  '1e125',
  '9.9999999999999999999999999999999999999E+125',
  '1e126',
  '-1e126',
  '1e-130',
  '1e-131',
  '-1e-131',
  '12345678901234567890123456789012345678',
  '123456789012345678901234567890123456789',
  '1234567890123456789012345678901234567800',
  '0.00000000000000000000000000000000000000123',
  '',
  ' ',
  'a',
  '1a',
  '1 ',
  ' 1',
  '1e',
  'e1',
  '--1',
  '0x1',
  'NaN',
  'Infinity',
  '1_0',
  '1,0',
  '1.2.3',
]
const values: unknown[] = [
  { S: '' },
  { S: 'x' },
  { B: '' },
  { B: 'AAEC' },
  { B: 'x' },
  { B: '!!!!' },
  { BOOL: true },
  { BOOL: false },
  { BOOL: 'true' },
  { NULL: true },
  { NULL: false },
  { SS: [] },
  { SS: ['a'] },
  { SS: ['a', 'a'] },
  { SS: [''] },
  { NS: [] },
  { NS: ['1', '1.0'] },
  { NS: ['x'] },
  { BS: [] },
  { BS: ['AQ==', 'AQ=='] },
  { L: [] },
  { M: {} },
  {},
  { Q: 'x' },
  { S: 'x', N: '1' },
  { S: null },
  null,
  'x',
  1,
  [],
  [{ S: 'x' }],
  { S: 1 },
  { N: 1 },
  { L: {} },
  { M: [] },
  { SS: 'a' },
  { SS: [1] },
  { L: [{}] },
  { L: [null] },
  { M: { k: {} } },
  { M: { '': { S: 'x' } } },
  { L: [{ M: { k: { SS: [] } } }] },
]
const keys: unknown[] = [
  {},
  { p: { S: 'x' } },
  { p: { S: 'x' }, s: { N: '1' }, q: { S: 'x' } },
  { p: { N: '1' }, s: { N: '1' } },
  { p: { S: '' }, s: { N: '1' } },
  { p: { S: 'x' }, s: { S: '1' } },
  { p: { S: 'x' }, s: { N: 'abc' } },
  { p: { S: 'x'.repeat(2048) }, s: { N: '1' } },
  { p: { S: 'x'.repeat(2049) }, s: { N: '1' } },
  { p: { S: 'x' }, q: { N: '1' } },
  { p: {}, s: { N: '1' } },
  null,
  'x',
  [],
]
const nested = (levels: number): object => {
  let value: object = { S: 'deep' }
  for (let level = 0; level < levels; level++)
    value = level % 2 === 0 ? { L: [value] } : { M: { k: value } }
  return value
}

const put = (attribute: unknown) =>
  request('PutItem', {
    TableName: 'things',
    Item: { p: { S: 'x' }, s: { N: '1' }, v: attribute },
  })
const get = request('GetItem', { TableName: 'things', Key: { p: { S: 'x' }, s: { N: '1' } } })

export const valueScenes: readonly Scene[] = [
  { name: 'numbers', cases: [thingsTable, ...numbers.flatMap((N) => [put({ N }), get])] },
  { name: 'values', cases: [thingsTable, ...values.flatMap((value) => [put(value), get])] },
  {
    name: 'nesting and size',
    cases: [
      thingsTable,
      ...[30, 31, 32, 33].map((levels) => put(nested(levels))),
      ...[409_580, 409_590, 409_600, 409_700].map((length) => put({ S: 'x'.repeat(length) })),
    ],
  },
  {
    name: 'keys',
    cases: [
      thingsTable,
      ...keys.flatMap((Key) => [
        request('GetItem', { TableName: 'things', Key }),
        request('PutItem', { TableName: 'things', Item: Key }),
        request('DeleteItem', { TableName: 'things', Key }),
        request('UpdateItem', { TableName: 'things', Key }),
      ]),
      ...[
        { g: { N: '1' } },
        { g: { S: '' } },
        { n: { S: '1' } },
        { g: { S: 'x'.repeat(2049) } },
      ].map((more) =>
        request('PutItem', {
          TableName: 'things',
          Item: { p: { S: 'x' }, s: { N: '1' }, ...more },
        }),
      ),
    ],
  },
]
