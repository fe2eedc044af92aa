import { AwsError } from '../../../kernel/index.ts'
import { globalIndexesPerTableMax } from '../../limits.ts'
import {
  checkGlobalKey,
  checkIndexThroughput,
  checkProjection,
  projectionOf,
  type IndexInput,
  type ThroughputInput,
} from './check-definition.ts'
import type {
  AttributeDefinition,
  Billing,
  IndexDefinition,
  TableDefinition,
  Throughput,
} from './definition.ts'
import { noThroughput } from './definition.ts'

/** The changes that UpdateTable makes to a definition, one function a kind. They throw AWS's sentences. */

const invalid = (message: string): AwsError => new AwsError('ValidationException', message)
const invalidParameter = (message: string): AwsError =>
  invalid(`One or more parameter values were invalid: ${message}`)

export type IndexUpdate = {
  readonly Create?: IndexInput | undefined
  readonly Update?:
    | { readonly IndexName: string; readonly ProvisionedThroughput?: ThroughputInput | undefined }
    | undefined
  readonly Delete?: { readonly IndexName: string } | undefined
}

export const throughputOf = (input: ThroughputInput | undefined): Throughput =>
  input === undefined
    ? noThroughput
    : {
        readUnits: input.ReadCapacityUnits,
        writeUnits: input.WriteCapacityUnits,
        decreasesToday: 0,
      }

export const indexDefinitionOf = (
  kind: 'local' | 'global',
  index: IndexInput,
  slot: number,
  state: IndexDefinition['state'],
): IndexDefinition => ({
  slot,
  name: index.IndexName,
  kind,
  key: index.KeySchema,
  projection: projectionOf(index.Projection),
  state,
  ...(index.ProvisionedThroughput === undefined
    ? {}
    : { throughput: throughputOf(index.ProvisionedThroughput) }),
})

/** @throws AwsError ValidationException when nothing would change, or the mode does not fit */
export function changeBilling(
  definition: TableDefinition,
  input: {
    readonly BillingMode?: 'PROVISIONED' | 'PAY_PER_REQUEST' | undefined
    readonly ProvisionedThroughput?: ThroughputInput | undefined
    readonly GlobalSecondaryIndexUpdates?: readonly IndexUpdate[] | undefined
  },
  nowMs: number,
): TableDefinition {
  const { billing } = definition
  const mode = input.BillingMode ?? billing.mode
  if (mode === 'PAY_PER_REQUEST') {
    if (input.ProvisionedThroughput !== undefined) {
      throw invalidParameter(
        'Neither ReadCapacityUnits nor WriteCapacityUnits can be specified when BillingMode is PAY_PER_REQUEST',
      )
    }
    return mode === billing.mode ? definition : toOnDemand(definition, nowMs)
  }
  if (input.ProvisionedThroughput === undefined) return definition
  const throughput = changeThroughput(billing.throughput, input.ProvisionedThroughput, nowMs)
  const next: Billing = { ...billing, mode, throughput }
  if (billing.mode === 'PAY_PER_REQUEST') requireIndexThroughput(definition, input)
  return { ...definition, billing: next }
}

function toOnDemand(definition: TableDefinition, nowMs: number): TableDefinition {
  return {
    ...definition,
    billing: { mode: 'PAY_PER_REQUEST', throughput: noThroughput, payPerRequestMs: nowMs },
    indexes: definition.indexes.map(({ throughput: _removed, ...index }) => index),
  }
}

function requireIndexThroughput(
  definition: TableDefinition,
  input: { readonly GlobalSecondaryIndexUpdates?: readonly IndexUpdate[] | undefined },
): void {
  const given = new Set(
    (input.GlobalSecondaryIndexUpdates ?? []).map((update) => update.Update?.IndexName),
  )
  const missing = definition.indexes.filter(
    (index) => index.kind === 'global' && !given.has(index.name),
  )
  if (missing.length === 0) return
  throw invalidParameter(
    `ProvisionedThroughput must be specified for index: ${missing.map(({ name }) => name).join(',')}`,
  )
}

function changeThroughput(before: Throughput, input: ThroughputInput, nowMs: number): Throughput {
  const read = input.ReadCapacityUnits - before.readUnits
  const write = input.WriteCapacityUnits - before.writeUnits
  if (read === 0 && write === 0) {
    throw invalid(
      'The provisioned throughput for the table will not change. The requested value equals the current value. ' +
        `Current ReadCapacityUnits provisioned for the table: ${before.readUnits}. ` +
        `Requested ReadCapacityUnits: ${input.ReadCapacityUnits}. ` +
        `Current WriteCapacityUnits provisioned for the table: ${before.writeUnits}. ` +
        `Requested WriteCapacityUnits: ${input.WriteCapacityUnits}. ` +
        'Refer to the Amazon DynamoDB Developer Guide for current limits and how to request higher limits.',
    )
  }
  const decreased = read < 0 || write < 0
  return {
    ...before,
    readUnits: input.ReadCapacityUnits,
    writeUnits: input.WriteCapacityUnits,
    decreasesToday: before.decreasesToday + (decreased ? 1 : 0),
    ...(read > 0 || write > 0 ? { increasedMs: nowMs } : {}),
    ...(decreased ? { decreasedMs: nowMs } : {}),
  }
}

/** @returns the definition, and the slot of an index that was deleted */
export function changeIndexes(
  definition: TableDefinition,
  updates: readonly IndexUpdate[],
  attributes: readonly AttributeDefinition[] | undefined,
  nowMs: number,
): { readonly definition: TableDefinition; readonly deleted: number[] } {
  const structural = updates.filter((update) => update.Update === undefined).length
  const busy = definition.indexes.some((index) => index.state === 'creating')
  if (structural > 1 || (structural > 0 && busy)) {
    throw new AwsError(
      'LimitExceededException',
      'Subscriber limit exceeded: Only 1 online index can be created or deleted simultaneously per table',
    )
  }
  let changed = definition
  const deleted: number[] = []
  for (const { Create: create, Update: update, Delete: remove } of updates) {
    if (create !== undefined) changed = createIndex(changed, create, attributes)
    if (update !== undefined) changed = updateIndex(changed, update, nowMs)
    if (remove === undefined) continue
    const index = requireIndex(changed, remove.IndexName)
    deleted.push(index.slot)
    changed = { ...changed, indexes: changed.indexes.filter((other) => other !== index) }
  }
  return { definition: withUsedAttributes(changed), deleted }
}

function createIndex(
  definition: TableDefinition,
  index: IndexInput,
  given: readonly AttributeDefinition[] | undefined,
): TableDefinition {
  if (definition.indexes.some(({ name }) => name === index.IndexName)) {
    throw invalid('Attempting to create an index which already exists')
  }
  const attributes = mergeAttributes(definition.attributes, given ?? [])
  const problem =
    checkGlobalKey(index, given ?? definition.attributes) ??
    checkProjection(index) ??
    checkIndexThroughput(index, definition.billing.mode === 'PAY_PER_REQUEST')
  if (problem !== undefined) throw invalid(problem)
  const globals = definition.indexes.filter(({ kind }) => kind === 'global').length
  if (globals >= globalIndexesPerTableMax) {
    throw invalidParameter('GlobalSecondaryIndex count exceeds the per-table limit of 20')
  }
  const slot = definition.lastSlot + 1
  return {
    ...definition,
    attributes,
    lastSlot: slot,
    indexes: [...definition.indexes, indexDefinitionOf('global', index, slot, 'creating')],
  }
}

function mergeAttributes(
  known: readonly AttributeDefinition[],
  given: readonly AttributeDefinition[],
): AttributeDefinition[] {
  const merged = [...known]
  for (const attribute of given) {
    const same = known.find((other) => other.AttributeName === attribute.AttributeName)
    if (same === undefined) merged.push(attribute)
    else if (same.AttributeType !== attribute.AttributeType) {
      throw invalidParameter(
        `Cannot redefine attribute ${attribute.AttributeName}: it is of type ${same.AttributeType}`,
      )
    }
  }
  return merged
}

function updateIndex(
  definition: TableDefinition,
  update: NonNullable<IndexUpdate['Update']>,
  nowMs: number,
): TableDefinition {
  const index = requireIndex(definition, update.IndexName)
  const input = update.ProvisionedThroughput
  if (input === undefined) return definition
  const throughput = changeThroughput(index.throughput ?? noThroughput, input, nowMs)
  return {
    ...definition,
    indexes: definition.indexes.map((other) =>
      other === index ? { ...index, throughput } : other,
    ),
  }
}

function requireIndex(definition: TableDefinition, name: string): IndexDefinition {
  const index = definition.indexes.find((each) => each.name === name && each.kind === 'global')
  if (index === undefined) {
    throw new AwsError('ResourceNotFoundException', 'Requested resource not found')
  }
  return index
}

/** An attribute that is no longer part of any key loses its definition. */
function withUsedAttributes(definition: TableDefinition): TableDefinition {
  const schemas = [definition.key, ...definition.indexes.map((index) => index.key)]
  const used = new Set(schemas.flat().map((element) => element.AttributeName))
  const attributes = definition.attributes.filter(({ AttributeName }) => used.has(AttributeName))
  return { ...definition, attributes }
}
