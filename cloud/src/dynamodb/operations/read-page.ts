import {
  Consumption,
  consumedCapacity,
  readUnits,
  type ReturnConsumedCapacity,
} from '../engine/capacity.ts'
import { projectItem, type Condition } from '../engine/expressions/index.ts'
import { itemKey, pick } from '../engine/keys.ts'
import { readItem } from '../engine/reads/get.ts'
import { PageJson } from '../engine/reads/page-json.ts'
import { readPage } from '../engine/reads/page.ts'
import type { KeyRangeBytes } from '../engine/reads/query-range.ts'
import type { Selection } from '../engine/reads/selection.ts'
import type { Source } from '../engine/reads/source.ts'
import type { StoredItem } from '../engine/stored-item.ts'
import type { Context } from './operation.ts'

/** The answer that Query and Scan share: one page of a range. */
export function pageAnswer(
  { store: { reader }, throttle }: Context,
  source: Source,
  request: {
    readonly range: KeyRangeBytes & { readonly reverse?: boolean }
    readonly selection: Selection
    readonly filter: Condition | undefined
    readonly limit: number | undefined
    readonly consistent: boolean | undefined
    readonly capacity: ReturnConsumedCapacity
  },
) {
  const { selection } = request
  throttle?.admit('read', source.table, source.index)
  const used = new Consumption()
  const kind = request.consistent === true ? 'consistent' : 'eventual'
  const fetch = (entry: StoredItem): StoredItem => {
    const item = readItem(reader, itemKey(source.table, entry.item)) ?? entry
    used.addTable(readUnits(item.size, kind))
    return item
  }
  const shown = showing(selection)
  const page = readPage(reader, {
    range: request.range,
    limit: request.limit,
    filter: request.filter,
    fetch: selection.fetch ? fetch : undefined,
    take: shown.take,
  })
  const units = readUnits(page.bytes, kind)
  if (source.index === undefined) used.addTable(units)
  else used.addIndex(source.index.name, units)
  throttle?.take('read', source.table, used)
  const capacity = consumedCapacity(request.capacity, source.table, used)
  return shown.answer({
    Count: page.count,
    ScannedCount: page.scanned,
    ...(page.last === undefined ? {} : { LastEvaluatedKey: pick(source.cursor, page.last.item) }),
    ...(capacity === undefined ? {} : { ConsumedCapacity: capacity }),
  })
}

/** What is taken of the items that match, and the answer that shows it. */
function showing({ countOnly, projection }: Selection): {
  readonly take: (item: StoredItem) => void
  readonly answer: (rest: object) => object
} {
  if (countOnly) return { take: () => undefined, answer: (rest) => rest }
  if (projection !== undefined) {
    const items: unknown[] = []
    return {
      take: ({ item }) => void items.push(projectItem(projection, item)),
      answer: (rest) => ({ Items: items, ...rest }),
    }
  }
  const json = new PageJson()
  return { take: json.add, answer: (rest) => json.end(rest) }
}
