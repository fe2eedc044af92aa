import { createHash } from 'node:crypto'
import { justAfter, type CommittedReader } from '../../storage/index.ts'
import { Consumption, readUnits } from '../engine/capacity.ts'
import { itemKey, pick } from '../engine/keys.ts'
import type { Select } from '../engine/partiql/ast.ts'
import { planSelect, type SelectPlan } from '../engine/partiql/plan-select.ts'
import { projectRow } from '../engine/partiql/project.ts'
import { requireApart } from '../engine/expressions/path.ts'
import { readItem } from '../engine/reads/get.ts'
import { readPage, type Page } from '../engine/reads/page.ts'
import { selectionOf } from '../engine/reads/selection.ts'
import { cursorKey } from '../engine/reads/source.ts'
import type { StoredItem } from '../engine/stored-item.ts'
import type { Table } from '../engine/tables/table.ts'
import { pageBytesMax } from '../limits.ts'
import type { Item } from '../engine/values/index.ts'
import { wireItem } from './answers.ts'
import { invalid, type Context } from './operation.ts'

export type SelectRequest = {
  readonly select: Select
  readonly statement: unknown
  readonly consistent: boolean | undefined
  readonly limit: number | undefined
  readonly nextToken: string | undefined
}

/**
 * One page of a SELECT: up to `limit` items looked at, or 1 MB.
 *
 * @throws AwsError ValidationException
 */
export function selectPage(
  { store: { reader }, throttle }: Context,
  table: Table,
  request: SelectRequest,
) {
  const plan = planSelect(table, request.select, request.consistent)
  const { source, paths } = plan
  if (paths !== undefined) requireApart(paths)
  const selection = selectionOf(source, undefined, paths === undefined ? undefined : { paths })
  throttle?.admit('read', table, source.index)
  const used = new Consumption()
  const kind = request.consistent === true ? 'consistent' : 'eventual'
  const fetch = (entry: StoredItem): StoredItem => {
    const item = readItem(reader, itemKey(table, entry.item)) ?? entry
    used.addTable(readUnits(item.size, kind))
    return item
  }
  const digest = digestOf(request.statement)
  const found = readRanges(reader, plan, {
    start: request.nextToken === undefined ? undefined : readToken(request.nextToken, digest),
    limit: request.limit ?? Infinity,
    fetch: selection.fetch ? fetch : undefined,
  })
  for (const bytes of found.bytes) {
    const units = readUnits(bytes, kind)
    if (source.index === undefined) used.addTable(units)
    else used.addIndex(source.index.name, units)
  }
  throttle?.take('read', table, used)
  const { next } = found
  return {
    items: found.items.map((item) =>
      paths === undefined ? wireItem(item) : projectRow(paths, item.item),
    ),
    used,
    next: next === undefined ? undefined : writeToken({ ...next, digest }),
    last: next?.key,
  }
}

type Position = { readonly range: number; readonly key: Item | undefined }

/** Reads the plan's ranges one after the other, from a position on, until a limit is met. */
function readRanges(
  reader: CommittedReader,
  plan: SelectPlan,
  options: {
    readonly start: Position | undefined
    readonly limit: number
    readonly fetch: ((entry: StoredItem) => StoredItem) | undefined
  },
) {
  const { source, ranges, reverse, filter } = plan
  const { start = { range: 0, key: undefined }, fetch } = options
  const items: StoredItem[] = []
  const bytes: number[] = []
  let left = options.limit
  let bytesLeft = pageBytesMax
  for (let at = start.range; at < ranges.length; at++) {
    const whole = ranges[at]
    if (whole === undefined) break
    const from = at === start.range ? start.key : undefined
    const range = from === undefined ? whole : rest(plan, whole, from)
    const page: Page = readPage(reader, {
      range: { from: range.from, to: range.to, reverse },
      limit: left,
      filter,
      fetch,
      take: (item) => void items.push(item.copy()),
    })
    bytes.push(page.bytes)
    left -= page.scanned
    bytesLeft -= page.bytes
    if (page.last !== undefined) {
      return { items, bytes, next: { range: at, key: pick(source.cursor, page.last.item) } }
    }
    if ((left <= 0 || bytesLeft <= 0) && at + 1 < ranges.length) {
      return { items, bytes, next: { range: at + 1, key: undefined } }
    }
  }
  return { items, bytes, next: undefined }
}

function rest({ source, reverse }: SelectPlan, whole: SelectPlan['ranges'][number], key: Item) {
  const cursor = cursorKey(source, key)
  if (Buffer.compare(cursor, whole.from) < 0 || Buffer.compare(cursor, whole.to) >= 0) {
    throw invalidToken()
  }
  return reverse ? { from: whole.from, to: cursor } : { from: justAfter(cursor), to: whole.to }
}

const digestOf = (statement: unknown): string =>
  createHash('sha256').update(JSON.stringify(statement)).digest('base64url')

/** Where a page ended, tied to its statement. */
const writeToken = (token: Position & { readonly digest: string }): string =>
  Buffer.from(JSON.stringify(token)).toString('base64')

function readToken(text: string, digest: string): Position {
  let token: Partial<Position & { digest: string }> | null
  try {
    token = JSON.parse(Buffer.from(text, 'base64').toString('utf8')) as typeof token // checked below
  } catch {
    throw invalidToken()
  }
  if (token?.digest !== digest || !Number.isInteger(token.range)) throw invalidToken()
  return { range: token.range ?? 0, key: token.key }
}

const invalidToken = (): Error => invalid('Invalid NextToken')
