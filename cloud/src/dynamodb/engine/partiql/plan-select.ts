import { prefixRange } from '../../../storage/index.ts'
import type { Condition, KeyCondition, KeyRange, Path } from '../expressions/index.ts'
import { queryRange, type KeyRangeBytes } from '../reads/query-range.ts'
import { sourceOf, type Source } from '../reads/source.ts'
import type { KeyPart, Table } from '../tables/table.ts'
import {
  compareValues,
  equals,
  setAttribute,
  type AttributeValue,
  type Item,
  type MutableItem,
} from '../values/index.ts'
import type { Expression, OrderBy, Select } from './ast.ts'
import { invalid } from './cursor.ts'
import { checkTestValue, conjunctsOf, joined, keyTestOf, type KeyTest } from './key-tests.ts'
import { partitionsPerSelectMax } from './limits.ts'
import { conditionOfWhere } from './where.ts'

/** How a SELECT is answered: by ranges of keys, each of one partition, or by going through everything. */
export type SelectPlan = {
  readonly source: Source
  /** In the order in which they are to be read. */
  readonly ranges: readonly KeyRangeBytes[]
  readonly reverse: boolean
  readonly filter: Condition | undefined
  readonly paths: readonly Path[] | undefined
}

/**
 * Plans a SELECT ("PartiQL select statements for DynamoDB"): equality or IN on the partition key makes queries,
 * anything else a scan.
 *
 * @throws AwsError ValidationException
 */
export function planSelect(
  table: Table,
  select: Select,
  consistentRead: boolean | undefined,
): SelectPlan {
  const source = sourceOf(table, select.from.index, consistentRead)
  const conjuncts = conjunctsOf(select.where)
  const tests = keyTests(source, conjuncts)
  checkOrder(source, select, tests)
  const { paths } = select
  if (paths !== undefined) checkIdentifiers(paths)
  const partitions = partitionsOf(source, tests, select.orderBy)
  if (partitions === undefined) {
    const filter = select.where === undefined ? undefined : conditionOfWhere(select.where)
    return { source, ranges: [prefixRange(source.prefix)], reverse: false, filter, paths }
  }
  const sort = sortTests(source, tests)
  const rest = joined(
    conjuncts.filter((each) => !partitions.used.has(each) && !sort.used.has(each)),
  )
  const isIndex = source.index !== undefined
  const ranges = partitions.keys.map((partition) =>
    queryRange(source.prefix, isIndex, { partition, ...sort.condition }),
  )
  const reverse = select.orderBy.some(
    ({ attribute, descending }) =>
      descending && source.key.sort.some(({ name }) => name === attribute),
  )
  const filter = rest === undefined ? undefined : conditionOfWhere(rest)
  return { source, ranges, reverse, filter, paths }
}

/** The tests of the source's key attributes, their values checked. */
function keyTests(source: Source, conjuncts: readonly Expression[]): KeyTest[] {
  const tests: KeyTest[] = []
  for (const conjunct of conjuncts) {
    const test = keyTestOf(conjunct)
    const part = source.key.parts.find(({ name }) => name === test?.name)
    if (test === undefined || part === undefined) continue
    if (test.operator !== 'begins_with') {
      for (const value of test.values) checkTestValue(part, source.key, value)
    }
    tests.push(test)
  }
  return tests
}

function checkOrder(source: Source, select: Select, tests: readonly KeyTest[]): void {
  if (select.orderBy.length === 0) return
  if (select.where === undefined) {
    throw invalid('Must have WHERE clause in the statement when using ORDER BY clause.')
  }
  const [partition] = source.key.partition
  if (!tests.some(({ name }) => name === partition?.name)) {
    throw invalid(
      'Must have at least one non-optional hash key condition in WHERE clause when using ORDER BY clause.',
    )
  }
  for (const { attribute } of select.orderBy) {
    if (!source.key.parts.some(({ name }) => name === attribute)) {
      throw invalid(
        `Variable reference ${attribute} in ORDER BY clause must be part of the primary key`,
      )
    }
  }
}

function checkIdentifiers(paths: readonly Path[]): void {
  const seen = new Set<string>()
  for (const path of paths) {
    const last = path.at(-1)
    const name = typeof last === 'number' ? JSON.stringify(path) : String(last)
    if (seen.has(name)) throw invalid(`Duplicate identifiers in select clause: ${name}`)
    seen.add(name)
  }
}

type Partitions = {
  readonly keys: readonly (readonly AttributeValue[])[]
  readonly used: ReadonlySet<Expression>
}

function partitionsOf(
  source: Source,
  tests: readonly KeyTest[],
  orderBy: readonly OrderBy[],
): Partitions | undefined {
  const used = new Set<Expression>()
  const key: AttributeValue[] = []
  for (const part of source.key.partition) {
    const test = tests.find(({ name, operator }) => name === part.name && operator === '=')
    const [value] = test?.values ?? []
    if (test === undefined || value === undefined) {
      return source.key.partition.length === 1 ? severalPartitions(part, tests, orderBy) : undefined
    }
    used.add(test.conjunct)
    key.push(value)
  }
  return { keys: [key], used }
}

function severalPartitions(
  part: KeyPart,
  tests: readonly KeyTest[],
  orderBy: readonly OrderBy[],
): Partitions | undefined {
  const test = tests.find(({ name, operator }) => name === part.name && operator === 'in')
  if (test === undefined) return undefined
  // An empty list is refused when the condition is checked.
  if (test.values.length === 0) return undefined
  if (test.values.length > partitionsPerSelectMax) {
    throw invalid(
      'The IN operator is provided with too many operands; ' +
        `number of operands: ${test.values.length}`,
    )
  }
  const distinct = test.values.filter(
    (value, at) => !test.values.slice(0, at).some((other) => equals(other, value)),
  )
  const order = orderBy.find(({ attribute }) => attribute === part.name)
  const sign = order?.descending === true ? -1 : 1
  distinct.sort((a, b) => (compareValues(a, b) ?? 0) * sign)
  return { keys: distinct.map((value) => [value]), used: new Set([test.conjunct]) }
}

/** Of the sort attributes the first ones by equality, then a range; what is left becomes a filter. */
function sortTests(source: Source, tests: readonly KeyTest[]) {
  const used = new Set<Expression>()
  const sort: AttributeValue[] = []
  let range: KeyRange | undefined
  for (const part of source.key.sort) {
    const own = tests.filter(({ name }) => name === part.name)
    const equal = own.find(({ operator }) => operator === '=')
    const [value] = equal?.values ?? []
    if (equal !== undefined && value !== undefined) {
      used.add(equal.conjunct)
      sort.push(value)
      continue
    }
    for (const test of own) {
      range = rangeOf(part, test)
      if (range === undefined) continue
      used.add(test.conjunct)
      break
    }
    break
  }
  const condition: Omit<KeyCondition, 'partition'> =
    range === undefined ? { sort } : { sort, range }
  return { used, condition }
}

function rangeOf(part: KeyPart, { operator, values }: KeyTest): KeyRange | undefined {
  const [value, high] = values
  if (value === undefined) return undefined
  switch (operator) {
    case '<':
    case '<=':
    case '>':
    case '>=':
      return { operator, value }
    case 'between':
      // Bounds in the wrong order are refused when the condition is checked.
      return high === undefined || (compareValues(value, high) ?? 1) > 0
        ? undefined
        : { operator: 'BETWEEN', low: value, high }
    case 'begins_with':
      return part.type !== 'N' && part.type in value
        ? { operator: 'begins_with', prefix: value }
        : undefined
    case '=':
    case 'in':
      return undefined
  }
}

/**
 * The key of the single item that a WHERE clause names: equality on every key attribute; and what it asks beyond.
 * Undefined when it names no single item.
 */
export function singleKeyOf(
  table: Table,
  where: Expression | undefined,
): { readonly key: Item; readonly rest: Expression | undefined } | undefined {
  const conjuncts = conjunctsOf(where)
  const tests = conjuncts.flatMap((conjunct) => keyTestOf(conjunct) ?? [])
  const key: MutableItem = {}
  const used = new Set<Expression>()
  for (const part of table.key.parts) {
    const test = tests.find(({ name, operator }) => name === part.name && operator === '=')
    const [value] = test?.values ?? []
    if (test === undefined || value === undefined) return undefined
    checkTestValue(part, table.key, value)
    setAttribute(key, part.name, value)
    used.add(test.conjunct)
  }
  return { key, rest: joined(conjuncts.filter((each) => !used.has(each))) }
}
