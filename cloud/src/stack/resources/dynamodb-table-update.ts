import { sameJson, type Json } from '../../template/index.ts'
import { callOperation, type ResourceContext } from '../resource-context.ts'
import type { TableProperties } from './dynamodb-table-properties.ts'
import { describeTable, tableActive, type TableDescription } from './dynamodb-table-state.ts'

type Index = NonNullable<TableProperties['GlobalSecondaryIndexes']>[number]
type Change = Readonly<Record<string, unknown>>

/**
 * Brings an existing table to what the template wants. What is there is asked of the table itself, not of the last
 * deployment, so that an update that was cut short can be done again. UpdateTable takes one kind of change a call.
 */
export async function updateTable(
  context: ResourceContext,
  name: string,
  wanted: TableProperties,
): Promise<void> {
  const apply = async (change: Change): Promise<void> => {
    await callOperation(context.parts.dynamodb, 'UpdateTable', { TableName: name, ...change })
    await tableActive(context, name)
  }
  const found = await describeTable(context, name)
  for (const change of settingChanges(found, wanted)) await apply(change)
  for (const change of indexChanges(found, wanted)) await apply(change)
}

function settingChanges(found: TableDescription, wanted: TableProperties): readonly Change[] {
  const changes: Change[] = []
  const billing = (found['BillingModeSummary'] ?? {}) as { BillingMode?: string }
  const mode = wanted.BillingMode ?? 'PROVISIONED'
  if ((billing.BillingMode ?? 'PROVISIONED') !== mode) {
    changes.push({ BillingMode: mode, ProvisionedThroughput: wanted.ProvisionedThroughput })
  } else if (mode === 'PROVISIONED' && throughputDiffers(found, wanted)) {
    changes.push({ ProvisionedThroughput: wanted.ProvisionedThroughput })
  }
  const protectedNow = found['DeletionProtectionEnabled'] === true
  if (protectedNow !== (wanted.DeletionProtectionEnabled ?? false)) {
    changes.push({ DeletionProtectionEnabled: wanted.DeletionProtectionEnabled ?? false })
  }
  if (wanted.TableClass !== undefined && tableClass(found) !== wanted.TableClass) {
    changes.push({ TableClass: wanted.TableClass })
  }
  return [...changes, ...streamChanges(found, wanted)]
}

const tableClass = (found: TableDescription): string =>
  ((found['TableClassSummary'] ?? {}) as { TableClass?: string }).TableClass ?? 'STANDARD'

function throughputDiffers(found: TableDescription, wanted: TableProperties): boolean {
  const current = (found['ProvisionedThroughput'] ?? {}) as Record<string, unknown>
  const want = wanted.ProvisionedThroughput
  return (
    want !== undefined &&
    (current['ReadCapacityUnits'] !== want.ReadCapacityUnits ||
      current['WriteCapacityUnits'] !== want.WriteCapacityUnits)
  )
}

function streamChanges(found: TableDescription, wanted: TableProperties): readonly Change[] {
  const current = (found.StreamSpecification ?? {}) as { StreamViewType?: string }
  const want = wanted.StreamSpecification?.StreamViewType
  if (current.StreamViewType === want) return []
  const off = { StreamSpecification: { StreamEnabled: false } }
  const on = { StreamSpecification: { StreamEnabled: true, StreamViewType: want } }
  // The view type of a stream cannot be changed: a new stream takes its place.
  return [
    ...(current.StreamViewType === undefined ? [] : [off]),
    ...(want === undefined ? [] : [on]),
  ]
}

function indexChanges(found: TableDescription, wanted: TableProperties): readonly Change[] {
  const current = new Map(
    ((found['GlobalSecondaryIndexes'] ?? []) as readonly Index[]).map((each) => [
      each.IndexName,
      each,
    ]),
  )
  const want = new Map((wanted.GlobalSecondaryIndexes ?? []).map((each) => [each.IndexName, each]))
  const changes: Change[] = []
  for (const [name, index] of current) {
    const next = want.get(name)
    if (next !== undefined && sameIndex(index, next)) continue
    changes.push({ GlobalSecondaryIndexUpdates: [{ Delete: { IndexName: name } }] })
  }
  for (const [name, index] of want) {
    const before = current.get(name)
    if (before !== undefined && sameIndex(before, index)) continue
    changes.push({
      AttributeDefinitions: wanted.AttributeDefinitions,
      GlobalSecondaryIndexUpdates: [{ Create: index }],
    })
  }
  return changes
}

const sameIndex = (a: Index, b: Index): boolean => sameJson(shape(a), shape(b))

const shape = (index: Index): Json => ({
  keys: index.KeySchema.map((each) => `${each.AttributeName}:${each.KeyType}`),
  projection: index.Projection.ProjectionType ?? 'ALL',
  attributes: [...(index.Projection.NonKeyAttributes ?? [])].sort((a, b) => (a < b ? -1 : 1)),
})
