import type { ScalarType } from '../values/index.ts'

/** What is known of a table besides its items: kept as a JSON document under the table's name. */
export type TableDefinition = {
  readonly name: string
  /** The table's number in storage keys: never used again. */
  readonly id: number
  /** The UUID that DescribeTable shows. */
  readonly tableId: string
  /** Raised by every change that a write must know of: see counters.ts. */
  readonly version: number
  readonly createdMs: number
  readonly attributes: readonly AttributeDefinition[]
  readonly key: readonly KeySchemaElement[]
  readonly billing: Billing
  readonly indexes: readonly IndexDefinition[]
  /** The last slot given to an index or an order of expiry: never used again. Slot 0 is the table. */
  readonly lastSlot: number
  /** The enabled stream, if any. */
  readonly stream?: StreamSettings
  /** The stream that was last enabled: DescribeTable goes on naming it. */
  readonly latestStreamLabel?: string
  readonly ttl?: TtlSettings
  readonly tags: readonly Tag[]
  readonly tableClass?: TableClass
  readonly tableClassChangedMs?: number
  readonly deletionProtection: boolean
  readonly onDemand?: OnDemandThroughput
  /** Where a restored table came from. */
  readonly restore?: Restore
  /** Point-in-time recovery is on, for so many days. */
  readonly recoveryDays?: number
}

export type Restore = {
  readonly sourceTableArn: string
  readonly sourceBackupArn?: string
  readonly atMs: number
  /** While it is being filled: the storage prefix that its items are copied from, in hexadecimal. */
  readonly from?: string
}

export type AttributeDefinition = {
  readonly AttributeName: string
  readonly AttributeType: ScalarType
}

export type KeySchemaElement = {
  readonly AttributeName: string
  readonly KeyType: 'HASH' | 'RANGE'
}

export type Projection = {
  readonly ProjectionType: 'ALL' | 'INCLUDE' | 'KEYS_ONLY'
  readonly NonKeyAttributes?: readonly string[]
}

export type IndexDefinition = {
  readonly slot: number
  readonly name: string
  readonly kind: 'global' | 'local'
  readonly key: readonly KeySchemaElement[]
  readonly projection: Projection
  /** `creating`: written to and being filled, not yet readable. */
  readonly state: 'creating' | 'active'
  /** Global indexes of provisioned tables. */
  readonly throughput?: Throughput
  readonly onDemand?: OnDemandThroughput
}

export type Throughput = {
  readonly readUnits: number
  readonly writeUnits: number
  readonly increasedMs?: number
  readonly decreasedMs?: number
  readonly decreasesToday: number
}

export type OnDemandThroughput = {
  readonly MaxReadRequestUnits?: number | undefined
  readonly MaxWriteRequestUnits?: number | undefined
}

export type Billing = {
  readonly mode: 'PROVISIONED' | 'PAY_PER_REQUEST'
  readonly throughput: Throughput
  /** Since when it is on demand. */
  readonly payPerRequestMs?: number
}

export type StreamViewType = 'KEYS_ONLY' | 'NEW_IMAGE' | 'OLD_IMAGE' | 'NEW_AND_OLD_IMAGES'

export type StreamSettings = {
  /** The stream's number in storage keys. */
  readonly id: number
  /** Its creation time in ISO form, the end of its ARN. */
  readonly label: string
  readonly viewType: StreamViewType
  readonly shards: number
}

export type TtlSettings = {
  readonly attribute: string
  /** Under which the order of expiry is kept. */
  readonly slot: number
  /** Older items are still being put into the order of expiry. */
  readonly filling?: boolean
}

export type Tag = { readonly Key: string; readonly Value: string }

export type TableClass = 'STANDARD' | 'STANDARD_INFREQUENT_ACCESS'

export const noThroughput: Throughput = { readUnits: 0, writeUnits: 0, decreasesToday: 0 }
