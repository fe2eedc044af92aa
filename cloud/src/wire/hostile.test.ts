import { connect } from 'node:net'
import { expect, it } from 'vitest'
import { gzipSync } from 'node:zlib'
import {
  manualClock,
  operationMaker,
  operationTable,
  optional,
  seededIds,
  text,
  type Report,
} from '../kernel/index.ts'
import { createWire } from './index.ts'

/** Requests of this run; `HOSTILE_REQUESTS=100000` makes it a long one. */
const REQUESTS = Number(process.env['HOSTILE_REQUESTS'] ?? 3000)

const reports: Report[] = []
const ids = seededIds(20261121)
const environment = {
  clock: manualClock(),
  ids: seededIds(1),
  region: 'us-east-1',
  accountId: '000000000000',
  report: (event: Report) => void reports.push(event),
}

const random = (below: number): number => ids.bytes(4).readUInt32LE() % below
const pick = <T>(values: readonly T[]): T => values[random(values.length)] as T // lists here are never empty

const operation = operationMaker<undefined>('ValidationException')
const walk = (value: unknown): number =>
  value !== null && typeof value === 'object'
    ? Object.values(value).reduce<number>((sum, each) => sum + walk(each), 1)
    : 1
const put = operation('PutItem', {
  input: { TableName: text, Item: optional({ kind: 'document' }) },
  run: (_context, { TableName, Item }) => ({ TableName, Item, Nodes: walk(Item) }),
})

const names = [
  '__proto__',
  'constructor',
  'toString',
  'hasOwnProperty',
  'then',
  'length',
  '',
  'é',
  '\u0000',
]
const bodies: (() => Buffer | string)[] = [
  () => ids.bytes(random(300)),
  () => `{"TableName":"t","Item":${'{"a":'.repeat(random(50_000))}1`,
  () => {
    const depth = random(20_000)
    return `{"TableName":"t","Item":${'['.repeat(depth)}${']'.repeat(depth)}}`
  },
  () => `{"TableName":"t","Item":{"N":${'9'.repeat(random(5000))}e${random(99999)}}}`,
  () =>
    `{"TableName":${pick(['1', 'null', '[]', '{}', 'true', '""', '"t"'])},"${pick(names)}":{"${pick(names)}":1}}`,
  () => gzipSync(ids.bytes(200)).subarray(0, random(150)),
  () => 'x'.repeat(random(5000)),
  () => '',
]

const methods = [
  'POST',
  'POST',
  'POST',
  'GET',
  'PUT',
  'DELETE',
  'OPTIONS',
  'HEAD',
  'PRI',
  '\u0001',
  '',
]
const targets = [
  '/',
  '/2015-03-31/functions/%zz',
  '/?Action=Echo',
  '/?X-Amz-Credential=&Action=',
  '//',
  '/%00',
  '*',
  'http://x/y',
  '/..%2f',
  '\u00ff',
]
const headerLines = [
  'x-amz-target: DynamoDB_20120810.PutItem',
  'x-amz-target: DynamoDB_20120810.__proto__',
  'x-amz-target: .',
  'content-type: application/x-amz-json-1.0',
  'content-type: application/x-www-form-urlencoded',
  'content-encoding: gzip',
  'content-encoding: br',
  'authorization: AWS4-HMAC-SHA256 Credential=a/b/c/dynamodb/e, SignedHeaders=host, Signature=s',
  'authorization: AWS4-',
  'x-amz-date: now',
  'origin: null',
  'accept-encoding: gzip;q=0, *',
  'expect: 100-continue',
  '__proto__: x',
  'constructor: y',
  'transfer-encoding: chunked',
  'content-length: 18446744073709551616',
  'connection: upgrade',
  ': empty',
  'no colon',
]

function request(): Buffer {
  const chosen = pick(bodies)()
  const body = typeof chosen === 'string' ? Buffer.from(chosen) : chosen
  if (random(20) === 0) return body
  const lines = Array.from({ length: random(8) }, () => pick(headerLines))
  const regular = [
    'host: localhost',
    'x-amz-target: DynamoDB_20120810.PutItem',
    'content-type: application/x-amz-json-1.0',
    'authorization: AWS4-HMAC-SHA256 Credential=a/b/c/dynamodb/e, SignedHeaders=host, Signature=s',
    'x-amz-date: now',
    `content-length: ${body.length}`,
  ]
  const wellFormed = random(2) === 0
  const head = wellFormed
    ? ['POST / HTTP/1.1', ...regular, ...(random(4) === 0 ? ['content-encoding: gzip'] : [])]
    : [`${pick(methods)} ${pick(targets)} HTTP/1.1`, 'host: localhost', ...lines]
  return Buffer.concat([Buffer.from(`${head.join('\r\n')}\r\n\r\n`, 'latin1'), body])
}

/** Sends bytes, ends its side, and gives the status of every answer. */
function send(port: number, bytes: Buffer): Promise<string[]> {
  return new Promise((resolve) => {
    let answer = ''
    const socket = connect({ port, host: '127.0.0.1', allowHalfOpen: true })
    const done = (): void =>
      resolve([...answer.matchAll(/HTTP\/1\.1 (\d{3}) /g)].map(([, status]) => status ?? ''))
    socket.on('data', (chunk: Buffer) => (answer += chunk.toString('latin1')))
    socket.on('end', () => socket.end())
    socket.on('error', done)
    socket.on('close', done)
    socket.end(bytes)
  })
}

it(
  'survives hostile requests without a 500',
  async () => {
    const wire = createWire({
      environment,
      services: [
        {
          kind: 'json',
          signingName: 'dynamodb',
          target: 'DynamoDB_20120810',
          version: '1.0',
          errorNamespace: 'com.amazonaws.dynamodb.v20120810',
          operations: operationTable(undefined, [put]),
        },
        {
          kind: 'query',
          signingName: 'sts',
          version: '1',
          xmlNamespace: 'x',
          operations: new Map([['Echo', (input) => input]]),
        },
        {
          kind: 'rest',
          signingName: 'lambda',
          routes: [
            {
              operation: 'Get',
              method: 'GET',
              path: '/2015-03-31/functions/{Name}',
              run: () => ({ status: 200 }),
            },
          ],
        },
      ],
    })
    const server = await wire.listen({ port: 0, host: '127.0.0.1' })
    const counts = new Map<string, number>()

    const worker = async (share: number): Promise<void> => {
      for (let index = 0; index < share; index += 1) {
        for (const status of await send(server.port, request())) {
          counts.set(status, (counts.get(status) ?? 0) + 1)
        }
      }
    }
    await Promise.all(Array.from({ length: 8 }, () => worker(REQUESTS / 8)))
    await server.close()

    expect(reports.filter(({ level }) => level === 'error')).toEqual([])
    expect(
      [...counts.keys()].filter((status) => status.startsWith('5') && status !== '501'),
    ).toEqual([])
    expect(counts.get('200')).toBeGreaterThan(0)
    expect(counts.get('400')).toBeGreaterThan(REQUESTS / 10)
  },
  Math.max(30_000, REQUESTS * 5),
)
