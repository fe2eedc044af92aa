import { AwsError, type Clock } from '../../kernel/index.ts'
import { burstSeconds } from '../limits.ts'
import type { Consumption } from './capacity.ts'
import type { Index, Table } from './tables/table.ts'

type Direction = 'read' | 'write'
type Bucket = { units: number; atMs: number }

/** A request to a provisioned table or global index that has no capacity left. */
export class Throttled extends AwsError {
  constructor(direction: Direction, table: Table, index: Index | undefined) {
    const kind = index === undefined ? 'Table' : 'Index'
    const sentence =
      index === undefined
        ? 'The level of configured provisioned throughput for the table was exceeded. Consider increasing your provisioning level with the UpdateTable API.'
        : 'The level of configured provisioned throughput for one or more global secondary indexes of the table was exceeded. Consider provisioning more throughput for the under-provisioned global secondary indexes with the UpdateTable API'
    // "Diagnosing throttling": what is throttled, how it was used, and why.
    const reason = `${kind}${direction === 'read' ? 'Read' : 'Write'}ProvisionedThroughputExceeded`
    const resource = index === undefined ? table.arn : `${table.arn}/index/${index.name}`
    super('ProvisionedThroughputExceededException', sentence, {
      details: { ThrottlingReasons: [{ reason, resource }] },
    })
  }
}

/**
 * The capacity of provisioned tables and global indexes: buckets that fill by their units a second and keep what is
 * not used for 300 s ("DynamoDB burst and adaptive capacity"). Who comes while anything is left is let in and takes
 * what it used, on credit where that is more: the use of a Query is known only afterwards. Kept in memory alone.
 */
export class Throttle {
  private readonly clock: Clock
  private readonly buckets = new Map<string, Bucket>()

  constructor(clock: Clock) {
    this.clock = clock
  }

  /**
   * Local indexes use the capacity of their table.
   *
   * @throws Throttled when nothing is left
   */
  admit(direction: Direction, table: Table, index?: Index): void {
    const own = index?.isGlobal === true ? index : undefined
    const bucket = this.bucket(direction, table, own)
    if (bucket !== undefined && bucket.units <= 0) throw new Throttled(direction, table, own)
  }

  /** @param factor transactions take twice the capacity */
  take(direction: Direction, table: Table, used: Consumption, factor = 1): void {
    this.charge(direction, table, undefined, used.table * factor)
    for (const [name, units] of used.indexes) {
      const index = table.indexes.find((each) => each.name === name)
      this.charge(direction, table, index?.isGlobal === true ? index : undefined, units * factor)
    }
  }

  private charge(
    direction: Direction,
    table: Table,
    index: Index | undefined,
    units: number,
  ): void {
    const bucket = this.bucket(direction, table, index)
    if (bucket !== undefined) bucket.units -= units
  }

  /** As full as it is now; undefined: on demand, without a bound. */
  private bucket(direction: Direction, table: Table, index: Index | undefined): Bucket | undefined {
    const { billing } = table.definition
    const given = index === undefined ? billing.throughput : index.definition.throughput
    if (billing.mode === 'PAY_PER_REQUEST' || given === undefined) return undefined
    const perSecond = direction === 'read' ? given.readUnits : given.writeUnits
    const full = perSecond * burstSeconds
    const nowMs = this.clock.now()
    const name = `${direction}/${table.id}/${index?.slot ?? 0}`
    const known = this.buckets.get(name)
    if (known === undefined) {
      const bucket = { units: full, atMs: nowMs }
      this.buckets.set(name, bucket)
      return bucket
    }
    const passedSeconds = Math.max(0, nowMs - known.atMs) / 1000
    known.units = Math.min(full, known.units + passedSeconds * perSecond)
    known.atMs = nowMs
    return known
  }
}
