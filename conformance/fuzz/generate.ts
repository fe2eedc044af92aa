import type {
  Command,
  Condition,
  Item,
  KeyRange,
  KeyType,
  Operand,
  Path,
  Projected,
  Schema,
  SetOperand,
  Source,
  UpdateAction,
  Value,
  Write,
} from './commands.ts'
import { startSeconds } from './commands.ts'
import { readNumber } from './decimal.ts'
import type { Random } from './random.ts'

/** Makes the table and the commands of a run. Few keys and few values, so that they meet each other. */
export function generate(random: Random, count: number): { schema: Schema; commands: Command[] } {
  const keyType = (): KeyType => random.of(['S', 'N', 'B'])
  const projected = (): Projected => random.of(['ALL', 'KEYS_ONLY', 'INCLUDE'])
  const schema = {
    partition: keyType(),
    sort: keyType(),
    projections: { gsi: projected(), lsi: projected() },
  }
  const maker = new Maker(random, schema)
  return { schema, commands: Array.from({ length: count }, () => maker.command()) }
}

const texts = ['', 'a', 'ab', 'b', 'ñ', '\u{1f600}', '\ufb01', 'a\u0000', '__proto__']
const numbers = [
  '0',
  '1',
  '-1',
  '2',
  '10',
  '0.1',
  '-0.5',
  '1e2',
  '100.00',
  '007',
  '1E-130',
  '9.99e125',
  '-9e125',
  '12345678901234567890123456789012345678',
  '99999999999999999999999999999999999999',
  '1e38',
  '0.00000000000000000000000000000000000001',
  '123456789012345',
  '999999999999999',
  '.5',
  '3.',
]
const binaries = ['', 'AA==', 'AAE=', '/w==', 'AQ==', 'gA==']
const heads = ['a', 'b', 'm', 'l', 'ss', 'ns', 'n', 'g', 't', '__proto__', 'constructor']
const members = ['x', 'y', '__proto__', 'size']
const types = ['S', 'N', 'B', 'BOOL', 'NULL', 'L', 'M', 'SS', 'NS', 'BS']

class Maker {
  private readonly random: Random
  private readonly schema: Schema

  constructor(random: Random, schema: Schema) {
    this.random = random
    this.schema = schema
  }

  command(): Command {
    const { random } = this
    const roll = random.below(100)
    if (roll < 45) {
      const write = this.write()
      const returns = 'update' in write ? updateReturns : ['ALL_OLD', 'NONE']
      return {
        kind: 'write',
        write,
        ...(random.chance(0.6) ? { returns: random.of(returns) } : {}),
      }
    }
    if (roll < 55) return { kind: 'get', key: this.key(), ...this.projection() }
    if (roll < 75) return this.query()
    if (roll < 82) return { kind: 'scan', segments: random.of([1, 1, 2, 5]), ...this.read() }
    if (roll < 86) {
      const puts = random.several(0, 4, () => this.item())
      return { kind: 'batchWrite', puts, deletes: random.several(1, 3, () => this.key()) }
    }
    if (roll < 89) return { kind: 'batchGet', keys: random.several(1, 5, () => this.key()) }
    if (roll < 95) {
      const write = () =>
        random.chance(0.2) ? { check: this.key(), condition: this.condition(1) } : this.write()
      return { kind: 'transactWrite', writes: random.several(1, 4, write) }
    }
    if (roll < 98) return { kind: 'transactGet', keys: random.several(1, 4, () => this.key()) }
    return { kind: 'wait', seconds: random.of([1, 10, 100]) }
  }

  private write(): Write {
    const { random } = this
    const condition = random.chance(0.3) ? { condition: this.condition(2) } : {}
    const roll = random.below(10)
    if (roll < 4) return { put: this.item(), ...condition }
    if (roll < 8) return { update: this.key(), actions: this.actions(), ...condition }
    return { delete: this.key(), ...condition }
  }

  private scalar(type: KeyType): Value {
    const { random } = this
    if (type === 'S') return { S: random.of(texts) }
    return type === 'N' ? { N: random.of(numbers) } : { B: random.of(binaries) }
  }

  private keyValue(type: KeyType, count: number): Value {
    const { random } = this
    if (type === 'S') return { S: random.of(texts.slice(1, 1 + count)) }
    return type === 'N'
      ? { N: random.of(numbers.slice(0, count)) }
      : { B: random.of(binaries.slice(1, 1 + count)) }
  }

  private key(): Item {
    const { partition, sort } = this.schema
    return { p: this.keyValue(partition, 3), s: this.keyValue(sort, 8) }
  }

  private value(depth: number): Value {
    const { random } = this
    switch (random.below(depth > 0 ? 12 : 8)) {
      case 0:
      case 1:
        return this.scalar('S')
      case 2:
      case 3:
        return this.scalar('N')
      case 4:
        return this.scalar('B')
      case 5:
        return random.chance(0.5) ? { BOOL: random.chance(0.5) } : { NULL: true }
      case 6:
        return { SS: distinct(random.several(1, 3, () => random.of(texts))) }
      case 7:
        return {
          NS: distinct(
            random.several(1, 3, () => random.of(numbers)),
            readNumber,
          ),
        }
      case 8:
      case 9:
        return { L: random.several(0, 3, () => this.value(depth - 1)) }
      default: {
        const entries = random.several(0, 3, () => [random.of(members), this.value(depth - 1)])
        return { M: Object.fromEntries(entries) as Record<string, Value> }
      }
    }
  }

  private headValue(head: string): Value {
    const { random } = this
    if (random.chance(0.05)) return this.value(2)
    switch (head) {
      case 'g':
        return { S: random.of(texts.slice(1, 4)) }
      case 'n':
        return this.scalar('N')
      case 't':
        return { N: String(startSeconds + random.of([-1, 5, 50, 500, 5000])) }
      case 'm':
        return { M: { x: this.value(1), y: this.value(1) } }
      case 'l':
        return { L: random.several(0, 4, () => this.value(1)) }
      case 'ss':
        return { SS: distinct(random.several(1, 3, () => random.of(texts))) }
      case 'ns':
        return {
          NS: distinct(
            random.several(1, 3, () => random.of(numbers)),
            readNumber,
          ),
        }
      default:
        return this.value(2)
    }
  }

  private item(): Item {
    const { random } = this
    const entries: [string, Value][] = Object.entries(this.key())
    for (const head of heads) {
      if (random.chance(head === 't' ? 0.1 : 0.3)) entries.push([head, this.headValue(head)])
    }
    return Object.fromEntries(entries)
  }

  private path(): Path {
    const { random } = this
    const head = random.of(heads)
    if (head === 'm' && random.chance(0.7)) {
      return random.chance(0.2)
        ? [head, random.of(members), random.below(3)]
        : [head, random.of(members)]
    }
    if (head === 'l' && random.chance(0.7)) {
      return random.chance(0.2)
        ? [head, random.below(4), random.of(members)]
        : [head, random.below(5)]
    }
    return [head]
  }

  condition(depth: number): Condition {
    const { random } = this
    if (depth > 0 && random.chance(0.4)) {
      const two = (): [Condition, Condition] => [
        this.condition(depth - 1),
        this.condition(depth - 1),
      ]
      const roll = random.below(3)
      if (roll === 0) return { and: two() }
      return roll === 1 ? { or: two() } : { not: this.condition(depth - 1) }
    }
    const path = random.chance(0.2) ? [random.of(['p', 's'])] : this.path()
    switch (random.below(9)) {
      case 0:
        return { exists: path }
      case 1:
        return { missing: path }
      case 2:
        return { type: path, is: random.of(types) }
      case 3:
        return random.chance(0.5)
          ? { begins: [random.of(['p', 's', 'g', 'a'])], with: { S: random.of(['a', 'b', 'ab']) } }
          : { begins: path, with: this.scalar(random.of(['S', 'B'])) }
      case 4:
        return { contains: path, member: this.value(1) }
      case 5:
        return { in: { path }, among: random.several(1, 3, () => this.value(1)) }
      case 6:
        return this.between({ path })
      case 7: {
        const left: Operand = random.chance(0.5) ? { size: path } : { path }
        const right = { value: this.scalar(random.of(['S', 'N', 'B'])) }
        return { compare: random.of(['<', '<=', '>', '>=']), left, right }
      }
      default:
        return {
          compare: random.of(['=', '<>']),
          left: { path },
          right: { value: this.value(1) },
        }
    }
  }

  private between(operand: Operand): Condition {
    const [low, high] = this.bounds(this.random.of(['S', 'N', 'B'] as const))
    return { between: operand, low, high }
  }

  /** Two values of one type in their order. */
  private bounds(type: KeyType, among = () => this.scalar(type)): [Value, Value] {
    const [one, two] = [among(), among()]
    return scalarOrder(one, two) <= 0 ? [one, two] : [two, one]
  }

  private actions(): UpdateAction[] {
    const { random } = this
    const left = [...heads]
    return random.several(1, 3, () => {
      const head = left.splice(random.below(left.length), 1)[0] ?? 'a'
      const path = this.pathUnder(head)
      const roll = random.below(10)
      if (roll < 5) return { set: path, to: this.setOperand(head) }
      if (roll < 7) return { remove: path }
      if (roll < 9) return { add: head, value: this.addable(head) }
      return { delete: head, value: this.set() }
    })
  }

  private pathUnder(head: string): Path {
    const { random } = this
    if (head === 'm' && random.chance(0.6)) return [head, random.of(members)]
    return head === 'l' && random.chance(0.6) ? [head, random.below(6)] : [head]
  }

  private set(): Value {
    const { random } = this
    return random.chance(0.5)
      ? { SS: distinct(random.several(1, 2, () => random.of(texts))) }
      : {
          NS: distinct(
            random.several(1, 2, () => random.of(numbers)),
            readNumber,
          ),
        }
  }

  private addable(head: string): Value {
    return head === 'n' || this.random.chance(0.5) ? this.scalar('N') : this.set()
  }

  private setOperand(head: string): SetOperand {
    const { random } = this
    const roll = random.below(10)
    if (roll < 5) return { value: this.headValue(head) }
    if (roll < 6) return { path: this.path() }
    if (roll < 7) return { ifNotExists: this.path(), otherwise: this.headValue(head) }
    const list: Value = { L: random.several(0, 2, () => this.value(1)) }
    if (roll < 8) {
      const pair: [SetOperand, SetOperand] = [{ path: ['l'] }, { value: list }]
      return { append: random.chance(0.5) ? pair : [pair[1], pair[0]] }
    }
    const number = (): SetOperand =>
      random.chance(0.5) ? { path: ['n'] } : { value: this.scalar('N') }
    return { sum: [number(), number()], sign: random.of(['+', '-']) }
  }

  private projection(): { projection?: Path[] } {
    const { random } = this
    if (!random.chance(0.3)) return {}
    const left = [...heads, 'p', 's']
    const projection = random.several(1, 3, () =>
      this.pathUnder(left.splice(random.below(left.length), 1)[0] ?? 'p'),
    )
    return { projection }
  }

  private read() {
    const { random } = this
    const source = random.of<Source>(['table', 'gsi', 'lsi'])
    return {
      source,
      ...(random.chance(0.5) ? { limit: 1 + random.below(6) } : {}),
      ...(source === 'gsi' ? {} : this.projection()),
      ...(random.chance(0.3) ? { filter: this.condition(2) } : {}),
    }
  }

  private query(): Command {
    const { random, schema } = this
    const read = this.read()
    const isGlobal = read.source === 'gsi'
    const sortType = read.source === 'table' ? schema.sort : 'N'
    const sortValue = (): Value =>
      read.source === 'table' ? this.keyValue(sortType, 8) : { N: random.of(numbers) }
    const partition: Value = isGlobal
      ? { S: random.of(texts.slice(1, 4)) }
      : this.keyValue(schema.partition, 3)
    const filter = random.chance(0.3) ? { filter: this.filter(read.source) } : {}
    const { filter: _any, ...rest } = read
    return {
      kind: 'query',
      partition,
      reverse: random.chance(0.4),
      ...rest,
      ...filter,
      ...(random.chance(0.6) ? { range: this.range(sortType, sortValue) } : {}),
    }
  }

  /** A filter of Query must not name the source's key. */
  private filter(source: Source): Condition {
    const keys = source === 'table' ? ['p', 's'] : source === 'gsi' ? ['g', 'n'] : ['p', 'n']
    for (;;) {
      const condition = this.condition(1)
      const named = JSON.stringify(condition)
      if (!keys.some((key) => named.includes(`["${key}"`))) return condition
    }
  }

  private range(type: KeyType, value: () => Value): KeyRange {
    const { random } = this
    const roll = random.below(7)
    if (roll < 5) return { operator: random.of(['=', '<', '<=', '>', '>=']), value: value() }
    if (roll < 6 || type === 'N') {
      const [low, high] = this.bounds(type, value)
      return { operator: 'between', low, high }
    }
    return { operator: 'begins_with', value: value() }
  }
}

const updateReturns = ['ALL_OLD', 'ALL_NEW', 'UPDATED_OLD', 'UPDATED_NEW', 'NONE']

function distinct<T>(values: readonly string[], by: (value: string) => unknown = (value) => value) {
  const seen = new Set<unknown>()
  return values.filter((value) => {
    const key = by(value)
    if (seen.has(key)) return false
    seen.add(key)
    return true
  }) as string[] & T
}

/** The order of two scalars of one type. */
export function scalarOrder(one: Value, two: Value): number {
  if ('N' in one && 'N' in two) {
    const difference = readNumber(one.N) - readNumber(two.N)
    return difference < 0n ? -1 : difference > 0n ? 1 : 0
  }
  const bytes = (value: Value): Buffer =>
    'S' in value ? Buffer.from(value.S) : Buffer.from('B' in value ? value.B : '', 'base64')
  return Buffer.compare(bytes(one), bytes(two))
}
