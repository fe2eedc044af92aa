import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import {
  CreateTableCommand,
  DescribeTableCommand,
  DynamoDBClient,
  paginateScan,
  TransactWriteItemsCommand,
  UpdateItemCommand,
  type AttributeValue,
} from '@aws-sdk/client-dynamodb'
import {
  DescribeStreamCommand,
  DynamoDBStreamsClient,
  GetRecordsCommand,
  GetShardIteratorCommand,
  type _Record,
} from '@aws-sdk/client-dynamodb-streams'
import { startEngineProcess } from './engine-process.ts'

export type EngineFindings = { readonly acknowledged: number; readonly problems: readonly string[] }

type Item = Record<string, AttributeValue>

const TableName = 'chaos'
const counters = 24
const credentials = { accessKeyId: 'local', secretAccessKey: 'local' }
const settings = { region: 'us-east-1', credentials, maxAttempts: 1 }

/** What was acknowledged: how often each counter was raised, and the last round of each pair. */
type Acknowledged = { readonly raised: number[]; readonly pairs: number[] }

/**
 * Writes with an index, a stream and transactions, kills the engine with SIGKILL in the midst of it, starts it again
 * on the same folder, and so on. After each kill: nothing acknowledged is lost, transactions are whole, the index and
 * the item count agree with the items; at the end the stream, replayed, gives the table.
 */
export async function killUnderWrites(options: {
  kills: number
  /** How many writes are acknowledged between a start and the kill, in turn. */
  livesWrites: readonly number[]
  progress?: (line: string) => void
}): Promise<EngineFindings> {
  const folder = mkdtempSync(join(tmpdir(), 'cloudlet-chaos-'))
  const acknowledged: Acknowledged = {
    raised: Array.from({ length: counters }, () => 0),
    pairs: Array.from({ length: counters }, () => 0),
  }
  const problems: string[] = []
  let writes = 0
  try {
    for (let life = 0; life <= options.kills && problems.length === 0; life++) {
      const engine = await startEngineProcess(join(folder, 'data'))
      const client = new DynamoDBClient({ ...settings, endpoint: engine.endpoint })
      if (life === 0) await createTable(client)
      problems.push(...(await check(client, acknowledged)))
      if (life === options.kills) problems.push(...(await replay(client, engine.endpoint)))
      else
        writes += await write(
          client,
          acknowledged,
          options.livesWrites[life % options.livesWrites.length] ?? 200,
          engine.kill,
        )
      client.destroy()
      if (life === options.kills) await engine.kill()
      if (life % 20 === 0) options.progress?.(`kill ${life}: ${writes} writes acknowledged so far`)
    }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
  return { acknowledged: writes, problems }
}

async function createTable(client: DynamoDBClient): Promise<void> {
  await client.send(
    new CreateTableCommand({
      TableName,
      BillingMode: 'PAY_PER_REQUEST',
      AttributeDefinitions: [
        { AttributeName: 'id', AttributeType: 'S' },
        { AttributeName: 'group', AttributeType: 'S' },
        { AttributeName: 'n', AttributeType: 'N' },
      ],
      KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
      GlobalSecondaryIndexes: [
        {
          IndexName: 'by-group',
          KeySchema: [
            { AttributeName: 'group', KeyType: 'HASH' },
            { AttributeName: 'n', KeyType: 'RANGE' },
          ],
          Projection: { ProjectionType: 'ALL' },
        },
      ],
      StreamSpecification: { StreamEnabled: true, StreamViewType: 'NEW_AND_OLD_IMAGES' },
    }),
  )
}

/** Writes from many sides until the kill; gives how many writes were acknowledged. */
async function write(
  client: DynamoDBClient,
  acknowledged: Acknowledged,
  lifeWrites: number,
  kill: () => Promise<void>,
): Promise<number> {
  const state = { killed: false, count: 0 }
  let enough = (): void => undefined
  const written = new Promise<void>((resolve) => {
    enough = resolve
  })
  async function work(step: () => Promise<void>): Promise<void> {
    while (!state.killed) {
      try {
        await step()
        if (++state.count === lifeWrites) enough()
      } catch (error) {
        if (!state.killed) throw error // after the kill a broken connection is what we asked for
      }
    }
  }
  const raise = (at: number) => async (): Promise<void> => {
    await client.send(
      new UpdateItemCommand({
        TableName,
        Key: { id: { S: `counter-${at}` } },
        UpdateExpression: 'ADD n :one SET #g = :group',
        ExpressionAttributeNames: { '#g': 'group' },
        ExpressionAttributeValues: { ':one': { N: '1' }, ':group': { S: `group-${at % 3}` } },
      }),
    )
    acknowledged.raised[at] = (acknowledged.raised[at] ?? 0) + 1
  }
  // Both halves of a pair are written in one transaction, or deleted in one, in turn.
  const pair = (at: number) => async (): Promise<void> => {
    const round = (acknowledged.pairs[at] ?? 0) + 1
    const half = (side: string): string => `pair-${at}-${side}`
    await client.send(
      new TransactWriteItemsCommand({
        TransactItems: ['a', 'b'].map((side) => ({
          Put: {
            TableName,
            Item: {
              id: { S: half(side) },
              n: { N: String(round) },
              group: { S: `pairs-${round % 5}` },
            },
          },
        })),
      }),
    )
    acknowledged.pairs[at] = round
  }
  const workers = Array.from({ length: counters }, (_, at) => [work(raise(at)), work(pair(at))])
  await Promise.race([written, Promise.all(workers.flat())])
  state.killed = true
  await kill()
  await Promise.all(workers.flat())
  return state.count
}

async function scan(client: DynamoDBClient, index?: string): Promise<Map<string, Item>> {
  const found = new Map<string, Item>()
  const input = { TableName, ...(index === undefined ? {} : { IndexName: index }) }
  for await (const page of paginateScan({ client }, input)) {
    for (const item of page.Items ?? []) found.set(item['id']?.S ?? '', item)
  }
  return found
}

const numberOf = (item: Item | undefined): number => Number(item?.['n']?.N ?? 0)

async function check(client: DynamoDBClient, acknowledged: Acknowledged): Promise<string[]> {
  const problems: string[] = []
  const items = await scan(client)
  const indexed = await scan(client, 'by-group')
  for (const [at, raised] of acknowledged.raised.entries()) {
    const stored = numberOf(items.get(`counter-${at}`))
    // What was under way at the kill may or may not have been done; what was acknowledged must be there.
    if (stored < raised) problems.push(`counter ${at}: ${raised} acknowledged, ${stored} stored`)
    acknowledged.raised[at] = stored
  }
  for (const [at, round] of acknowledged.pairs.entries()) {
    const a = numberOf(items.get(`pair-${at}-a`))
    const b = numberOf(items.get(`pair-${at}-b`))
    if (a !== b) problems.push(`pair ${at}: halves ${a} and ${b}`)
    if (a < round) problems.push(`pair ${at}: round ${round} acknowledged, ${a} stored`)
    acknowledged.pairs[at] = a
  }
  if (JSON.stringify(sorted(items)) !== JSON.stringify(sorted(indexed))) {
    problems.push(`the index holds ${indexed.size} items, the table ${items.size}, or they differ`)
  }
  const { Table } = await client.send(new DescribeTableCommand({ TableName }))
  if (Table?.ItemCount !== items.size) {
    problems.push(`ItemCount says ${Table?.ItemCount}, the table holds ${items.size}`)
  }
  return problems
}

const sorted = (items: ReadonlyMap<string, Item>): unknown =>
  [...items]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([id, item]) => [id, Object.entries(item).sort(([a], [b]) => (a < b ? -1 : 1))])

/** Reads the whole stream from its oldest record: it must lead to the table as it is, step by step. */
async function replay(client: DynamoDBClient, endpoint: string): Promise<string[]> {
  const streams = new DynamoDBStreamsClient({ ...settings, endpoint })
  const { Table } = await client.send(new DescribeTableCommand({ TableName }))
  const StreamArn = Table?.LatestStreamArn ?? ''
  const { StreamDescription } = await streams.send(new DescribeStreamCommand({ StreamArn }))
  const state = new Map<string, Item>()
  const problems: string[] = []
  function apply({ dynamodb }: _Record): void {
    const id = dynamodb?.Keys?.['id']?.S ?? ''
    const before = numberOf(dynamodb?.OldImage)
    if (before !== numberOf(state.get(id))) problems.push(`the stream skips a change of ${id}`)
    if (dynamodb?.NewImage === undefined) state.delete(id)
    else state.set(id, dynamodb.NewImage)
  }
  for (const { ShardId = '' } of StreamDescription?.Shards ?? []) {
    const first = await streams.send(
      new GetShardIteratorCommand({ StreamArn, ShardId, ShardIteratorType: 'TRIM_HORIZON' }),
    )
    let ShardIterator = first.ShardIterator
    while (ShardIterator !== undefined) {
      const page = await streams.send(new GetRecordsCommand({ ShardIterator }))
      for (const record of page.Records ?? []) apply(record)
      ShardIterator = (page.Records ?? []).length === 0 ? undefined : page.NextShardIterator
    }
  }
  streams.destroy()
  if (JSON.stringify(sorted(state)) !== JSON.stringify(sorted(await scan(client)))) {
    problems.push('the stream, replayed, does not give the table')
  }
  return problems.slice(0, 20)
}
