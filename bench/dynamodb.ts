import { bareServer, memoryMb, type Contender } from './contender.ts'
import { driveApart, post } from './drive.ts'
import { startEngine } from './engine.ts'
import { dynalite, dynamodbLocal } from './peers.ts'
import type { Result } from './raw-client.ts'
import { keep, median, printTable, type Row } from './report.ts'
import { engineStarts } from './startup.ts'

/**
 * The question: how fast is the engine behind its own HTTP, against DynamoDB Local, dynalite and a bare node:http
 * server that answers 1 KB? One interleaved run, one cheap client, 1 KB items, concurrency 32.
 */

const concurrency = 32
const items = 10_000
const filler = 'x'.repeat(900)
const key = (n: number): string => `item-${String(n % items).padStart(6, '0')}`

const item = (n: number): object => ({
  pk: { S: key(n) },
  sk: { N: '1' },
  count: { N: '0' },
  filler: { S: filler },
})
/** Partitions of twenty items, for Query. */
const member = (n: number): object => ({
  pk: { S: `group-${Math.floor(n / 20) % 200}` },
  sk: { N: String(n % 20) },
  filler: { S: filler },
})

const call = (operation: string, input: object): string =>
  post('/', JSON.stringify(input), {
    'content-type': 'application/x-amz-json-1.0',
    'x-amz-target': `DynamoDB_20120810.${operation}`,
    authorization:
      'AWS4-HMAC-SHA256 Credential=bench/20260101/us-east-1/dynamodb/aws4_request, SignedHeaders=host, Signature=0000000000000000000000000000000000000000000000000000000000000000',
    'x-amz-date': '20260101T000000Z',
  })

const series = (count: number, make: (n: number) => string): string[] =>
  Array.from({ length: count }, (_, n) => make(n * 7919))

/** The one list of workloads, with the goal as a share of the bare server where there is one. */
const workloads: Readonly<Record<string, readonly string[]>> = {
  PutItem: series(2_000, (n) => call('PutItem', { TableName: 'bench', Item: item(n) })),
  GetItem: series(2_000, (n) =>
    call('GetItem', { TableName: 'bench', Key: { pk: { S: key(n) }, sk: { N: '1' } } }),
  ),
  'UpdateItem ADD': series(2_000, (n) =>
    call('UpdateItem', {
      TableName: 'bench',
      Key: { pk: { S: key(n) }, sk: { N: '1' } },
      UpdateExpression: 'ADD #c :one',
      ExpressionAttributeNames: { '#c': 'count' },
      ExpressionAttributeValues: { ':one': { N: '1' } },
    }),
  ),
  'Query 20': series(200, (n) =>
    call('Query', {
      TableName: 'bench',
      KeyConditionExpression: 'pk = :p',
      ExpressionAttributeValues: { ':p': { S: `group-${n % 200}` } },
    }),
  ),
  'BatchWriteItem 25': series(200, (n) =>
    call('BatchWriteItem', {
      RequestItems: {
        bench: Array.from({ length: 25 }, (_, at) => ({ PutRequest: { Item: item(n + at) } })),
      },
    }),
  ),
  'TransactWriteItems 2': series(1_000, (n) =>
    call('TransactWriteItems', {
      TransactItems: [0, 1].map((at) => ({ Put: { TableName: 'bench', Item: item(n + at) } })),
    }),
  ),
}

/** Sends one request of ours and gives the parsed answer. */
async function ask(port: number, operation: string, input: object): Promise<unknown> {
  const answer = await fetch(`http://127.0.0.1:${port}/`, {
    method: 'POST',
    headers: {
      'content-type': 'application/x-amz-json-1.0',
      'x-amz-target': `DynamoDB_20120810.${operation}`,
      authorization:
        'AWS4-HMAC-SHA256 Credential=bench/20260101/us-east-1/dynamodb/aws4_request, SignedHeaders=host, Signature=0',
      'x-amz-date': '20260101T000000Z',
    },
    body: JSON.stringify(input),
  })
  const body: unknown = await answer.json()
  if (answer.status !== 200)
    throw new Error(`${operation}: ${answer.status} ${JSON.stringify(body)}`)
  return body
}

async function fill(port: number): Promise<void> {
  await ask(port, 'CreateTable', {
    TableName: 'bench',
    BillingMode: 'PAY_PER_REQUEST',
    AttributeDefinitions: [
      { AttributeName: 'pk', AttributeType: 'S' },
      { AttributeName: 'sk', AttributeType: 'N' },
    ],
    KeySchema: [
      { AttributeName: 'pk', KeyType: 'HASH' },
      { AttributeName: 'sk', KeyType: 'RANGE' },
    ],
  })
  for (const make of [item, member]) {
    for (let from = 0; from < (make === item ? items : 4_000); from += 25) {
      await ask(port, 'BatchWriteItem', {
        RequestItems: {
          bench: Array.from({ length: 25 }, (_, at) => ({ PutRequest: { Item: make(from + at) } })),
        },
      })
    }
  }
}

/** Milliseconds to read the whole table, page by page. */
async function scanMs(port: number): Promise<number> {
  const startedMs = performance.now()
  let start: unknown
  do {
    const page = (await ask(port, 'Scan', {
      TableName: 'bench',
      ...(start === undefined ? {} : { ExclusiveStartKey: start }),
    })) as { LastEvaluatedKey?: unknown }
    start = page.LastEvaluatedKey
  } while (start !== undefined)
  return performance.now() - startedMs
}

/**
 * How many times a rate is the best of others: worked out within each round and the middle taken, because the machine's own
 * speed changes from one round to the next.
 */
const medianRatio = (rates: readonly number[], others: readonly (readonly number[])[]): number =>
  median(rates.map((rate, round) => rate / Math.max(...others.map((each) => each[round] ?? 0))))

/** Whether a contender has an operation at all: dynalite has no transactions. */
async function supports(contender: Contender, requests: readonly string[]): Promise<boolean> {
  const { errors } = await driveApart({
    port: contender.port,
    requests: requests.slice(0, 1),
    connections: 1,
    warmUpMs: 0,
    measureMs: 50,
  })
  return Object.keys(errors).length === 0
}

export async function dynamodb(): Promise<void> {
  const rounds = Number(process.env['BENCH_ROUNDS'] ?? 5)
  const starts = await engineStarts(rounds)
  const bare = await bareServer()
  const contenders = [await startEngine(), await dynalite(), await dynamodbLocal()]
  const idle = contenders.map((each) => memoryMb(each.process.pid))
  for (const contender of contenders) await fill(contender.port)
  const rows: Row[] = []
  for (const [name, requests] of Object.entries(workloads)) {
    const results = new Map<string, Result[]>([[bare.name, []]])
    for (const each of contenders) {
      if (await supports(each, requests)) results.set(each.name, [])
    }
    for (let round = 0; round < rounds; round++) {
      for (const each of [bare, ...contenders]) {
        const list = results.get(each.name)
        if (list === undefined) continue
        list.push(
          await driveApart({
            port: each.port,
            requests,
            connections: concurrency,
            warmUpMs: round === 0 ? 2_000 : 300,
            measureMs: 1_000,
          }),
        )
      }
    }
    const rates = (contender: string): number[] =>
      (results.get(contender) ?? []).map((each) => each.perSecond)
    const [own, ...peers] = contenders.map((each) => each.name)
    for (const [contender, list] of results) {
      rows.push({
        workload: name,
        contender,
        'ops/s': Math.round(median(rates(contender))),
        'of bare': medianRatio(rates(contender), [rates(bare.name)]).toFixed(2),
        'of best peer':
          contender === own ? medianRatio(rates(own), peers.map(rates)).toFixed(1) : '',
        'p50 ms': median(list.map((each) => each.p50Ms)).toFixed(2),
        'p99 ms': median(list.map((each) => each.p99Ms)).toFixed(2),
        errors: JSON.stringify(
          list.map((each) => each.errors).find((e) => Object.keys(e).length) ?? '',
        ),
      })
    }
    process.stdout.write('.')
  }
  for (const each of contenders) {
    const times = [await scanMs(each.port), await scanMs(each.port), await scanMs(each.port)]
    rows.push({
      workload: `Scan ${items + 4_000}`,
      contender: each.name,
      ms: median(times).toFixed(0),
    })
  }
  const memory = contenders.map((each, at) => ({
    contender: each.name,
    'idle MB': idle[at]?.residentMb.toFixed(0) ?? '',
    'idle own MB': idle[at]?.ownMb.toFixed(0) ?? '',
    'after MB': memoryMb(each.process.pid).residentMb.toFixed(0),
    'after own MB': memoryMb(each.process.pid).ownMb.toFixed(0),
  }))
  console.log(
    `\n\nConcurrency ${concurrency}, 1 KB items, ${rounds} interleaved rounds, medians:\n`,
  )
  printTable(rows)
  console.log()
  printTable(memory)
  console.log()
  printTable(starts)
  keep('dynamodb', { concurrency, rounds, rows, memory, starts })
  await Promise.all([bare, ...contenders].map((each) => each.stop()))
}
