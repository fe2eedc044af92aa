import type { Command, Item, KeyRange, Schema, Source, Value, Write } from './commands.ts'
import { included, startSeconds } from './commands.ts'
import { NoNumber } from './decimal.ts'
import { scalarOrder } from './generate.ts'
import { meets } from './model-condition.ts'
import { CannotUpdate, updated } from './model-update.ts'
import { canonical, get, normal, project, same, sizeOfItem, typeOf } from './model-values.ts'

/** What a command comes to: an error's code, or what is comparable of its answer. */
export type Outcome = { error: string; reasons?: string[] } | { answer: unknown }

/** A stream record as the model expects it. */
export type Change = { before: Item | undefined; after: Item | undefined; byTtl: boolean }

class Refused extends Error {
  readonly code: string
  constructor(code: string) {
    super(code)
    this.code = code
  }
}

const yearsFive = 5 * 365 * 24 * 3600

/** DynamoDB as a map of plain items, written from its documentation and not from the engine. */
export class Model {
  readonly items = new Map<string, Item>()
  readonly changes: Change[] = []
  private readonly schema: Schema
  private seconds = startSeconds

  constructor(schema: Schema) {
    this.schema = schema
  }

  run(command: Command): Outcome {
    try {
      return { answer: this.answer(command) }
    } catch (error) {
      if (error instanceof Refused) return { error: error.code }
      if (error instanceof NoNumber) return { error: 'ValidationException' }
      throw error
    }
  }

  private answer(command: Command): unknown {
    switch (command.kind) {
      case 'write':
        return this.writeOne(command.write, command.returns)
      case 'get': {
        const found = this.items.get(keyOf(command.key))
        if (found === undefined) return null
        return command.projection === undefined ? found : project(found, command.projection)
      }
      case 'query':
      case 'scan':
        return this.read(command)
      case 'batchWrite':
        return this.batch(command.puts, command.deletes)
      case 'batchGet':
        requireDistinct(command.keys)
        return command.keys
          .map((key) => this.items.get(keyOf(key)))
          .filter((item) => item !== undefined)
      case 'transactGet':
        requireDistinct(command.keys)
        return command.keys.map((key) => this.items.get(keyOf(key)) ?? null)
      case 'wait':
        this.seconds += command.seconds
        for (const [key, item] of this.items)
          if (this.expired(item)) this.store(key, undefined, true)
        return null
      case 'transactWrite':
        throw new Error('Transactions are run by `transact`')
    }
  }

  private expired(item: Item): boolean {
    const time = get(item, 't')
    if (time === undefined || !('N' in time)) return false
    const seconds = Number(time.N)
    return seconds <= this.seconds && seconds >= this.seconds - yearsFive
  }

  private store(key: string, after: Item | undefined, byTtl = false): void {
    const before = this.items.get(key)
    if (after === undefined) this.items.delete(key)
    else this.items.set(key, after)
    if (before === undefined && after === undefined) return
    if (before !== undefined && after !== undefined && canonical(before) === canonical(after))
      return
    this.changes.push({ before, after, byTtl })
  }

  private writeOne(write: Write, returns: string | undefined): unknown {
    const key = keyOfWrite(write)
    if ('put' in write) this.checkIndexKeys(write.put)
    const before = this.items.get(key)
    if (write.condition !== undefined && !meets(before ?? {}, write.condition)) {
      throw new Refused('ConditionalCheckFailedException')
    }
    const after = this.resultOf(write, before)
    this.store(key, after)
    if (!('update' in write)) return returns === 'ALL_OLD' ? (before ?? null) : null
    const touched = write.actions.map((action) =>
      'set' in action
        ? action.set
        : 'remove' in action
          ? action.remove
          : ['add' in action ? action.add : action.delete],
    )
    const shown = returns?.endsWith('OLD') === true ? before : after
    if (returns === undefined || returns === 'NONE' || shown === undefined) return null
    if (returns.startsWith('ALL')) return shown
    const part = project(shown, touched)
    return Object.keys(part).length === 0 ? null : part
  }

  /** @throws Refused */
  private resultOf(write: Write, before: Item | undefined): Item | undefined {
    if ('put' in write) return write.put
    if ('delete' in write) return undefined
    try {
      const after = updated(before ?? write.update, write.actions)
      this.checkIndexKeys(after)
      return after
    } catch (error) {
      if (error instanceof CannotUpdate) throw new Refused('ValidationException')
      throw error
    }
  }

  private checkIndexKeys(item: Item): void {
    const g = get(item, 'g')
    const n = get(item, 'n')
    const wrong =
      (g !== undefined && (!('S' in g) || g.S === '')) || (n !== undefined && !('N' in n))
    if (wrong) throw new Refused('ValidationException')
  }

  private batch(puts: readonly Item[], deletes: readonly Item[]): unknown {
    requireDistinct([...puts, ...deletes])
    for (const item of puts) this.checkIndexKeys(item)
    for (const item of puts) this.store(keyOf(item), item)
    for (const key of deletes) this.store(keyOf(key), undefined)
    return null
  }

  /** All or nothing; the reasons by their codes. */
  transact(command: Extract<Command, { kind: 'transactWrite' }>): Outcome {
    try {
      requireDistinct(
        command.writes.map((write) => ('check' in write ? write.check : keyItemOf(write))),
      )
      for (const write of command.writes) if ('put' in write) this.checkIndexKeys(write.put)
    } catch (error) {
      if (error instanceof Refused) return { error: error.code }
      throw error
    }
    const results: (() => void)[] = []
    const reasons = command.writes.map((write) => {
      const key = 'check' in write ? keyOf(write.check) : keyOfWrite(write)
      const before = this.items.get(key)
      if (write.condition !== undefined && !meets(before ?? {}, write.condition)) {
        return 'ConditionalCheckFailed'
      }
      if ('check' in write) return 'None'
      try {
        const after = this.resultOf(write, before)
        results.push(() => this.store(key, after))
        return 'None'
      } catch (error) {
        if (error instanceof Refused || error instanceof NoNumber) return 'ValidationError'
        throw error
      }
    })
    if (reasons.some((reason) => reason !== 'None')) {
      return { error: 'TransactionCanceledException', reasons }
    }
    for (const store of results) store()
    return { answer: null }
  }

  private read(command: Extract<Command, { kind: 'query' | 'scan' }>): unknown {
    let rows = [...this.items.values()].filter((item) => inSource(item, command.source))
    if (command.kind === 'query') {
      const { partition, range } = command
      const [hash, sort] = keysOf(command.source)
      rows = rows.filter((item) => {
        const own = get(item, hash)
        const value = get(item, sort)
        return (
          own !== undefined &&
          same(own, partition) &&
          (range === undefined || (value !== undefined && within(value, range)))
        )
      })
      rows.sort((a, b) => order(a, b, sort) * (command.reverse ? -1 : 1))
    }
    const scanned = rows.length
    const shown = rows
      .map((item) => this.shownBy(command, item))
      .filter((item) => command.filter === undefined || meets(item, command.filter))
    const [, sort] = keysOf(command.source)
    return {
      scanned,
      sorted: command.kind === 'query' ? shown.map((item) => canonical(get(item, sort))) : [],
      items: shown
        .map((item) =>
          canonical(command.projection === undefined ? item : project(item, command.projection)),
        )
        .sort(),
    }
  }

  /** What an index holds of an item, or all of it where a local index is asked for more. */
  private shownBy(command: Extract<Command, { kind: 'query' | 'scan' }>, item: Item): Item {
    if (command.source === 'table') return item
    const part = projectedItem(item, this.schema, command.source)
    const heads = (command.projection ?? []).map(([head]) => String(head))
    const held = heldBy(this.schema, command.source)
    const more = heads.some((head) => held !== undefined && !held.includes(head))
    return command.source === 'lsi' && more ? item : part
  }

  /** What DescribeTable counts. */
  counts() {
    const all = [...this.items.values()]
    const of = (items: readonly Item[]) => ({
      items: items.length,
      bytes: items.reduce((sum, item) => sum + sizeOfItem(item), 0),
    })
    const index = (source: 'gsi' | 'lsi') =>
      of(
        all
          .filter((item) => inSource(item, source))
          .map((item) => projectedItem(item, this.schema, source)),
      )
    return { table: of(all), gsi: index('gsi'), lsi: index('lsi') }
  }
}

/** `p` and `s` in one text. */
export const keyOf = (item: Item): string =>
  canonical([get(item, 'p'), get(item, 's')].map((v) => v && normal(v)))

const keyItemOf = (write: Write): Item =>
  'put' in write ? write.put : 'update' in write ? write.update : write.delete
const keyOfWrite = (write: Write): string => keyOf(keyItemOf(write))

function requireDistinct(keys: readonly Item[]): void {
  if (new Set(keys.map(keyOf)).size < keys.length) throw new Refused('ValidationException')
}

const keysOf = (source: Source): [string, string] =>
  source === 'table' ? ['p', 's'] : source === 'gsi' ? ['g', 'n'] : ['p', 'n']

const inSource = (item: Item, source: Source): boolean =>
  keysOf(source).every((name) => get(item, name) !== undefined)

function heldBy(schema: Schema, source: 'gsi' | 'lsi'): string[] | undefined {
  const projection = schema.projections[source]
  if (projection === 'ALL') return undefined
  const keys = ['p', 's', ...keysOf(source)]
  return projection === 'INCLUDE' ? [...keys, ...included] : keys
}

function projectedItem(item: Item, schema: Schema, source: 'gsi' | 'lsi'): Item {
  const held = heldBy(schema, source)
  if (held === undefined) return item
  return Object.fromEntries(Object.entries(item).filter(([name]) => held.includes(name)))
}

function order(one: Item, two: Item, name: string): number {
  const a = get(one, name)
  const b = get(two, name)
  return a === undefined || b === undefined ? 0 : scalarOrder(a, b)
}

function within(value: Value, range: KeyRange): boolean {
  if (range.operator === 'between') {
    return scalarOrder(value, range.low) >= 0 && scalarOrder(value, range.high) <= 0
  }
  if (range.operator === 'begins_with') {
    const hex = (given: Value): string =>
      ('S' in given
        ? Buffer.from(given.S)
        : Buffer.from('B' in given ? given.B : '', 'base64')
      ).toString('hex')
    return typeOf(value) === typeOf(range.value) && hex(value).startsWith(hex(range.value))
  }
  const found = scalarOrder(value, range.value)
  if (range.operator === '=') return found === 0
  if (range.operator === '<') return found < 0
  if (range.operator === '<=') return found <= 0
  return range.operator === '>' ? found > 0 : found >= 0
}
