import { readUnitBytes, writeUnitBytes } from '../limits.ts'
import type { Table } from './tables/table.ts'
import type { Throttle } from './throttle.ts'

/** Capacity units that a request used on one table, in the parts that ReturnConsumedCapacity=INDEXES shows. */
export class Consumption {
  table = 0
  /** Undefined: none was touched, as with most requests. */
  private byIndex: Map<string, number> | undefined

  get indexes(): ReadonlyMap<string, number> {
    return this.byIndex ?? noIndexes
  }

  addTable(units: number): void {
    this.table += units
  }

  addIndex(name: string, units: number): void {
    this.byIndex ??= new Map()
    this.byIndex.set(name, (this.byIndex.get(name) ?? 0) + units)
  }

  /** Adds another request's use, `factor` times: transactions take twice the capacity. */
  merge(other: Consumption, factor = 1): void {
    this.addTable(other.table * factor)
    for (const [name, units] of other.indexes) this.addIndex(name, units * factor)
  }

  get total(): number {
    let total = this.table
    for (const units of this.indexes.values()) total += units
    return total
  }
}

const noIndexes: ReadonlyMap<string, number> = new Map()

/** "Read and write operations": units of 4 KB, half of that when eventually consistent, twice in transactions. */
export type ReadKind = 'eventual' | 'consistent' | 'transaction'
const readFactor = { eventual: 0.5, consistent: 1, transaction: 2 } as const

export const readUnits = (bytes: number, kind: ReadKind): number =>
  Math.max(1, Math.ceil(bytes / readUnitBytes)) * readFactor[kind]

/** How many times the capacity of a single write each write of a transaction takes. */
export const transactionFactor = 2

/** Units of 1 KB. */
export const writeUnits = (bytes: number): number => Math.max(1, Math.ceil(bytes / writeUnitBytes))

export type ReturnConsumedCapacity = 'INDEXES' | 'TOTAL' | 'NONE' | undefined

/** The member ConsumedCapacity of an answer, as far as it was asked for. */
export function consumedCapacity(
  wanted: ReturnConsumedCapacity,
  table: Table,
  used: Consumption,
  transaction?: 'read' | 'write',
): object | undefined {
  if (wanted !== 'TOTAL' && wanted !== 'INDEXES') return undefined
  const units = (amount: number): object => ({
    ...(transaction === 'read' ? { ReadCapacityUnits: amount } : {}),
    ...(transaction === 'write' ? { WriteCapacityUnits: amount } : {}),
    CapacityUnits: amount,
  })
  const shown = { TableName: table.name, ...units(used.total) }
  if (wanted === 'TOTAL') return shown
  const ofKind = (global: boolean): [string, object][] =>
    table.indexes.flatMap((index) => {
      const amount = used.indexes.get(index.name)
      return index.isGlobal !== global || amount === undefined ? [] : [[index.name, units(amount)]]
    })
  const globals = ofKind(true)
  const locals = ofKind(false)
  return {
    ...shown,
    Table: units(used.table),
    ...(globals.length === 0 ? {} : { GlobalSecondaryIndexes: Object.fromEntries(globals) }),
    ...(locals.length === 0 ? {} : { LocalSecondaryIndexes: Object.fromEntries(locals) }),
  }
}

/** What a request over several tables used on each. */
export class TableConsumptions {
  private readonly tables = new Map<number, { readonly table: Table; readonly used: Consumption }>()

  of(table: Table): Consumption {
    const known = this.tables.get(table.id)
    if (known !== undefined) return known.used
    const used = new Consumption()
    this.tables.set(table.id, { table, used })
    return used
  }

  /** Takes it all from the provisioned capacity, where that is enforced. */
  takeFrom(throttle: Throttle | undefined, direction: 'read' | 'write'): void {
    for (const { table, used } of this.tables.values()) throttle?.take(direction, table, used)
  }

  /** The member ConsumedCapacity of an answer, as far as it was asked for. */
  member(
    wanted: ReturnConsumedCapacity,
    transaction?: 'read' | 'write',
  ): { ConsumedCapacity?: object[] } {
    if (wanted !== 'TOTAL' && wanted !== 'INDEXES') return {}
    return {
      ConsumedCapacity: [...this.tables.values()].flatMap(
        ({ table, used }) => consumedCapacity(wanted, table, used, transaction) ?? [],
      ),
    }
  }
}
