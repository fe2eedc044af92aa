import { AwsError, document, list, oneOf, optional } from '../../kernel/index.ts'
import { restoreItems } from '../engine/backups/restore.ts'
import { throughputOf } from '../engine/tables/change-definition.ts'
import {
  projectionOf,
  type IndexInput,
  type ThroughputInput,
} from '../engine/tables/check-definition.ts'
import {
  noThroughput,
  type Billing,
  type IndexDefinition,
  type OnDemandThroughput,
  type Restore,
  type TableDefinition,
} from '../engine/tables/definition.ts'
import { describeTable } from '../engine/tables/describe.ts'
import { invalid, type Context } from './operation.ts'
import * as shape from './table-shapes.ts'

/** What both ways of restoring may set otherwise than it was. */
export const overrides = {
  BillingModeOverride: optional(oneOf('PROVISIONED', 'PAY_PER_REQUEST')),
  GlobalSecondaryIndexOverride: optional(list(shape.globalIndex)),
  LocalSecondaryIndexOverride: shape.localIndexes,
  ProvisionedThroughputOverride: optional(shape.throughput),
  OnDemandThroughputOverride: shape.onDemandThroughput,
  SSESpecificationOverride: optional(document),
}

type Overrides = {
  readonly BillingModeOverride?: Billing['mode'] | undefined
  readonly GlobalSecondaryIndexOverride?: readonly IndexInput[] | undefined
  readonly LocalSecondaryIndexOverride?: readonly IndexInput[] | undefined
  readonly ProvisionedThroughputOverride?: ThroughputInput | undefined
  readonly OnDemandThroughputOverride?: OnDemandThroughput | undefined
}

/**
 * Creates a table from another's definition and fills it in the background. Streams, TTL, tags, deletion
 * protection and point-in-time recovery are not restored ("Restoring a table from a backup").
 *
 * @throws AwsError TableAlreadyExistsException, ValidationException for an index that was not there
 */
export async function restoredTable(
  context: Context,
  request: {
    readonly name: string
    readonly source: TableDefinition
    readonly restore: Restore
    readonly input: Overrides
  },
): Promise<{ TableDescription: object }> {
  const { catalog, environment } = context
  const { name, source, restore, input } = request
  if (catalog.find(name) !== undefined) {
    throw new AwsError('TableAlreadyExistsException', `Table already exists: ${name}`)
  }
  const indexes = [
    ...chosen(source, 'local', input.LocalSecondaryIndexOverride),
    ...chosen(source, 'global', input.GlobalSecondaryIndexOverride),
  ]
  const nowMs = environment.clock.now()
  const tableId = environment.ids.uuid()
  const onDemand = input.OnDemandThroughputOverride ?? source.onDemand
  const table = await catalog.create(name, (id) => ({
    name,
    id,
    tableId,
    version: 1,
    createdMs: nowMs,
    attributes: source.attributes.filter(({ AttributeName: attribute }) =>
      [source, ...indexes].some(({ key }) => key.some((part) => part.AttributeName === attribute)),
    ),
    key: source.key,
    billing: billingOf(source, input, nowMs),
    indexes,
    lastSlot: source.lastSlot,
    tags: [],
    deletionProtection: false,
    ...(source.tableClass === undefined ? {} : { tableClass: source.tableClass }),
    ...(onDemand === undefined ? {} : { onDemand }),
    restore,
  }))
  restoreItems(context, name, table.id)
  return { TableDescription: describeTable(table, catalog.counters(table), 'CREATING') }
}

/** Indexes may be left out, none may be added. */
function chosen(
  source: TableDefinition,
  kind: IndexDefinition['kind'],
  wanted: readonly IndexInput[] | undefined,
): IndexDefinition[] {
  const own = source.indexes
    .filter((index) => index.kind === kind)
    .map((index) => ({ ...index, state: 'active' as const }))
  if (wanted === undefined) return own
  return wanted.map((index) => {
    const same = own.find(({ name }) => name === index.IndexName)
    const isSame =
      same !== undefined &&
      JSON.stringify(same.key) === JSON.stringify(index.KeySchema) &&
      JSON.stringify(same.projection) === JSON.stringify(projectionOf(index.Projection))
    if (!isSame) {
      throw invalid(
        `One or more parameter values were invalid: Index ${index.IndexName} does not match any index of the source table`,
      )
    }
    return index.ProvisionedThroughput === undefined
      ? same
      : { ...same, throughput: throughputOf(index.ProvisionedThroughput) }
  })
}

function billingOf(source: TableDefinition, input: Overrides, nowMs: number): Billing {
  const mode = input.BillingModeOverride ?? source.billing.mode
  if (mode === 'PAY_PER_REQUEST') return { mode, throughput: noThroughput, payPerRequestMs: nowMs }
  const given = input.ProvisionedThroughputOverride
  if (given === undefined && source.billing.mode !== 'PROVISIONED') {
    throw invalid(
      'One or more parameter values were invalid: ProvisionedThroughputOverride is required when BillingModeOverride is PROVISIONED',
    )
  }
  return { mode, throughput: given === undefined ? source.billing.throughput : throughputOf(given) }
}
