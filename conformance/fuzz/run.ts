import { createDynamoDB } from '../../cloud/src/dynamodb/index.ts'
import { AwsError, manualClock, seededIds, writeJson } from '../../cloud/src/kernel/index.ts'
import { openMemoryStore } from '../../cloud/src/storage/index.ts'
import type { Command, Item, Schema, Value } from './commands.ts'
import { startSeconds } from './commands.ts'
import { Model, type Outcome } from './model.ts'
import { canonical, get, normalItem, project } from './model-values.ts'
import {
  getRequest,
  readRequest,
  tableName,
  tableRequest,
  transactRequest,
  writeRequest,
  type Request,
} from './render.ts'

/** Where the engine and the model part: the number of the command, or `end` for what is looked at afterwards. */
export type Difference = {
  readonly at: number | 'end'
  readonly what: string
  readonly engine: string
  readonly model: string
}

type Answer = Record<string, unknown>

class Engine {
  private readonly clock = manualClock(startSeconds * 1000)
  private readonly db = createDynamoDB({
    environment: {
      clock: this.clock,
      ids: seededIds(1),
      region: 'us-east-1',
      accountId: '000000000000',
      report: (event) => {
        throw event.cause instanceof Error ? event.cause : new Error(event.message)
      },
    },
    store: openMemoryStore(),
  })

  async call({ operation, input }: Request): Promise<Answer> {
    const run = this.db.operations.get(operation)
    if (run === undefined) throw new Error(`There is no ${operation}`)
    // Sent through JSON, as a client would; the parser keeps an attribute called __proto__.
    return JSON.parse(writeJson(await run(JSON.parse(JSON.stringify(input)))).toString()) as Answer
  }

  async open(schema: Schema): Promise<void> {
    await this.call({ operation: 'CreateTable', input: tableRequest(schema) })
    const TimeToLiveSpecification = { Enabled: true, AttributeName: 't' }
    const input = { TableName: tableName, TimeToLiveSpecification }
    await this.call({ operation: 'UpdateTimeToLive', input })
    await this.db.sweep()
  }

  async wait(seconds: number): Promise<void> {
    this.clock.advance(seconds * 1000)
    await this.db.sweep()
  }

  async outcome(command: Command): Promise<Outcome> {
    try {
      return { answer: await this.answer(command) }
    } catch (error) {
      if (!(error instanceof AwsError)) throw error
      const reasons = error.details.CancellationReasons
      return Array.isArray(reasons)
        ? { error: error.code, reasons: reasons.map((each: { Code: string }) => each.Code) }
        : { error: error.code }
    }
  }

  private async answer(command: Command): Promise<unknown> {
    switch (command.kind) {
      case 'write': {
        const { Attributes } = await this.call(writeRequest(command.write, command.returns))
        return Attributes ?? null
      }
      case 'get':
        return (await this.call(getRequest(command))).Item ?? null
      case 'query':
      case 'scan':
        return this.pages(command)
      case 'batchWrite': {
        const requests = [
          ...command.puts.map((Item) => ({ PutRequest: { Item } })),
          ...command.deletes.map((Key) => ({ DeleteRequest: { Key } })),
        ]
        const input = { RequestItems: { [tableName]: requests } }
        await this.call({ operation: 'BatchWriteItem', input })
        return null
      }
      case 'batchGet': {
        const input = { RequestItems: { [tableName]: { Keys: command.keys } } }
        const { Responses } = await this.call({ operation: 'BatchGetItem', input })
        return (Responses as Record<string, unknown>)[tableName]
      }
      case 'transactGet': {
        const TransactItems = command.keys.map((Key) => ({ Get: { TableName: tableName, Key } }))
        const { Responses } = await this.call({
          operation: 'TransactGetItems',
          input: { TransactItems },
        })
        return (Responses as { Item?: unknown }[]).map(({ Item: item }) => item ?? null)
      }
      case 'transactWrite':
        await this.call(transactRequest(command))
        return null
      case 'wait':
        await this.wait(command.seconds)
        return null
    }
  }

  /** Every page of a read, put together; a page keeps to its limit. */
  private async pages(command: Extract<Command, { kind: 'query' | 'scan' }>): Promise<unknown> {
    const { operation, input } = readRequest(command)
    const items: Item[] = []
    let scanned = 0
    const segments = command.kind === 'scan' ? command.segments : 1
    for (let segment = 0; segment < segments; segment++) {
      const part = segments > 1 ? { Segment: segment, TotalSegments: segments } : {}
      let start: unknown
      do {
        const page = await this.call({
          operation,
          input: {
            ...input,
            ...part,
            ...(start === undefined ? {} : { ExclusiveStartKey: start }),
          },
        })
        const count = Number(page.ScannedCount)
        if (count > (command.limit ?? Infinity)) throw new Error('A page is over its limit')
        scanned += count
        items.push(...(page.Items as Item[]))
        start = page.LastEvaluatedKey
      } while (start !== undefined)
    }
    const sort = command.source === 'table' ? 's' : 'n'
    const hasSort = command.projection === undefined
    return {
      scanned,
      sorted:
        command.kind === 'query' && hasSort ? items.map((item) => canonical(get(item, sort))) : [],
      items: items.map(canonical).sort(),
    }
  }

  async counts() {
    const { Table } = await this.call({
      operation: 'DescribeTable',
      input: { TableName: tableName },
    })
    const table = Table as {
      ItemCount: number
      TableSizeBytes: number
      GlobalSecondaryIndexes: { ItemCount: number; IndexSizeBytes: number }[]
      LocalSecondaryIndexes: { ItemCount: number; IndexSizeBytes: number }[]
    }
    const of = (given: { ItemCount: number; IndexSizeBytes: number } | undefined) => ({
      items: given?.ItemCount,
      bytes: given?.IndexSizeBytes,
    })
    return {
      table: { items: table.ItemCount, bytes: table.TableSizeBytes },
      gsi: of(table.GlobalSecondaryIndexes[0]),
      lsi: of(table.LocalSecondaryIndexes[0]),
    }
  }

  /** What the stream tells, each record in the model's form. */
  changes(): unknown[] {
    const arn = `arn:aws:dynamodb:us-east-1:000000000000:table/${tableName}/stream/2026-01-01T00:00:00.000`
    return (this.db.streams.shards(arn) ?? []).flatMap(({ shardId }) =>
      this.db.streams
        .read(arn, shardId, { limit: 1_000_000 })
        .records.map(({ dynamodb, userIdentity, eventName }) => {
          const images = JSON.parse(writeJson(dynamodb).toString()) as {
            OldImage?: Item
            NewImage?: Item
          }
          const { OldImage: before, NewImage: after } = images
          const name = before === undefined ? 'INSERT' : after === undefined ? 'REMOVE' : 'MODIFY'
          if (eventName !== name) throw new Error(`A record is called ${eventName}, not ${name}`)
          return { before, after, byTtl: userIdentity !== undefined }
        }),
    )
  }
}

const text = (outcome: unknown): string => canonical(JSON.parse(JSON.stringify(outcome)))

/** Runs commands on a new engine and a new model until they differ. */
export async function compare(
  schema: Schema,
  commands: readonly Command[],
): Promise<Difference | undefined> {
  const engine = new Engine()
  const model = new Model(schema)
  await engine.open(schema)
  for (const [at, command] of commands.entries()) {
    const wanted = expected(model, command)
    let found: Outcome
    try {
      found = await engine.outcome(command)
    } catch (error) {
      const shown = error instanceof Error ? (error.stack ?? error.message) : String(error)
      return { at, what: command.kind, engine: `failed: ${shown}`, model: text(wanted) }
    }
    const [one, two] = [text(sortedBatch(command, found)), text(sortedBatch(command, wanted))]
    if (one !== two) return { at, what: command.kind, engine: one, model: two }
  }
  const counts = [text(await engine.counts()), text(model.counts())] as const
  if (counts[0] !== counts[1]) {
    return { at: 'end', what: 'counts', engine: counts[0], model: counts[1] }
  }
  return compareChanges(engine, model)
}

/** The stream is compared item by item: deletions by TTL in one sweep have no order among them. */
function compareChanges(engine: Engine, model: Model): Difference | undefined {
  const byItem = (changes: readonly unknown[]): Map<string, string[]> => {
    const items = new Map<string, string[]>()
    for (const change of changes) {
      const { before, after } = change as { before?: Item; after?: Item }
      const key = canonical(project(before ?? after ?? {}, [['p'], ['s']]))
      items.set(key, [...(items.get(key) ?? []), text(change)])
    }
    return items
  }
  const found = byItem(engine.changes())
  const wanted = byItem(model.changes)
  for (const key of new Set([...found.keys(), ...wanted.keys()])) {
    const [one, two] = [found.get(key) ?? [], wanted.get(key) ?? []]
    const at = one.findIndex((each, place) => each !== two[place])
    if (at >= 0 || one.length !== two.length) {
      const place = at < 0 ? Math.min(one.length, two.length) : at
      return {
        at: 'end',
        what: `stream record ${place} of ${key}`,
        engine: one[place] ?? 'none',
        model: two[place] ?? 'none',
      }
    }
  }
  return undefined
}

function expected(model: Model, command: Command): Outcome {
  const normalised = normalCommand(command)
  if (normalised.kind === 'transactWrite') return model.transact(normalised)
  const outcome = model.run(normalised)
  if ((command.kind === 'query' || command.kind === 'scan') && command.projection !== undefined) {
    return 'answer' in outcome ? { answer: { ...(outcome.answer as object), sorted: [] } } : outcome
  }
  return outcome
}

/** A command with its numbers in plain digits, wherever they stand. */
const normalCommand = (command: Command): Command => normalTree(command) as Command

function normalTree(tree: unknown): unknown {
  if (Array.isArray(tree)) return tree.map(normalTree)
  if (tree === null || typeof tree !== 'object') return tree
  const names = Object.keys(tree)
  const isValue = names.length === 1 && ['N', 'NS', 'L', 'M'].includes(names[0] ?? '')
  if (isValue) return normalItem({ value: tree as Value }).value
  return Object.fromEntries(Object.entries(tree).map(([name, each]) => [name, normalTree(each)]))
}

/** BatchGetItem answers in no order. */
function sortedBatch(command: Command, outcome: Outcome): Outcome {
  if (command.kind !== 'batchGet' || !('answer' in outcome)) return outcome
  return { answer: (outcome.answer as unknown[]).map(canonical).sort() }
}
