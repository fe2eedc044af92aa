import { isList, sameJson, type Json } from '../../template/index.ts'
import { callOperation, type ResourceContext } from '../resource-context.ts'
import { describeTable, tableActive, type TableProperties } from './dynamodb-table.ts'

type Index = NonNullable<TableProperties['GlobalSecondaryIndexes']>[number]
type Description = Awaited<ReturnType<typeof describeTable>>
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

function settingChanges(found: Description, wanted: TableProperties): readonly Change[] {
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

const tableClass = (found: Description): string =>
  ((found['TableClassSummary'] ?? {}) as { TableClass?: string }).TableClass ?? 'STANDARD'

function throughputDiffers(found: Description, wanted: TableProperties): boolean {
  const current = (found['ProvisionedThroughput'] ?? {}) as Record<string, unknown>
  const want = wanted.ProvisionedThroughput
  return (
    want !== undefined &&
    (current['ReadCapacityUnits'] !== want.ReadCapacityUnits ||
      current['WriteCapacityUnits'] !== want.WriteCapacityUnits)
  )
}

function streamChanges(found: Description, wanted: TableProperties): readonly Change[] {
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

function indexChanges(found: Description, wanted: TableProperties): readonly Change[] {
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

function shape(index: Index): Json {
  const keys = index.KeySchema.map((each) => `${each.AttributeName}:${each.KeyType}`)
  const other: Json = JSON.parse(JSON.stringify(index.Projection.NonKeyAttributes ?? [])) as Json
  return {
    keys,
    projection: index.Projection.ProjectionType ?? 'ALL',
    attributes: isList(other) ? other.toSorted() : [],
  }
}
