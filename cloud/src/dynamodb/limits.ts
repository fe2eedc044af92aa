/**
 * DynamoDB's limits ("Quotas in Amazon DynamoDB", "Constraints in Amazon DynamoDB"). Units come last.
 * Those of values and expressions stand beside them in `engine/values` and `engine/expressions`.
 */
const KB = 1024
const MB = 1024 * KB

/** An item with all names and values. */
export const itemBytesMax = 400 * KB
export const partitionKeyBytesMax = 2048
export const sortKeyBytesMax = 1024
/** What one Query or Scan page looks at, before the filter. */
export const pageBytesMax = MB
/** What one BatchGetItem answers with; the rest comes back as UnprocessedKeys. */
export const batchGetBytesMax = 16 * MB
export const batchGetKeysMax = 100
export const batchWriteRequestsMax = 25
export const transactActionsMax = 100
export const transactBytesMax = 4 * MB
/** How long a ClientRequestToken of TransactWriteItems is remembered. */
export const idempotencyMs = 10 * 60 * 1000
export const clientRequestTokenLengthMax = 36

export const tableNameLengthMin = 3
export const tableNameLengthMax = 255
export const localIndexesPerTableMax = 5
export const globalIndexesPerTableMax = 20
/** A global index's key has up to four attributes of either kind ("Multi-attribute keys"). */
export const globalKeyAttributesMax = 4
/** Over all indexes of a table that project INCLUDE. */
export const projectedAttributesMax = 100
export const tagsPerResourceMax = 50
export const tagKeyLengthMax = 128
export const tagValueLengthMax = 256
export const capacityUnitsMax = 1_000_000_000_000
export const scanSegmentsMax = 1_000_000

export const readUnitBytes = 4 * KB
export const writeUnitBytes = KB
/** Account and table quotas as a new account has them: what DescribeLimits answers. */
export const accountCapacityUnitsMax = 80_000
export const tableCapacityUnitsMax = 40_000

/** How long unused provisioned capacity is kept for bursts. */
export const burstSeconds = 300

/** How long a stream keeps a record. */
export const streamRetentionMs = 24 * 60 * 60 * 1000
/** How long an unused shard iterator stays good. */
export const shardIteratorMs = 15 * 60 * 1000
export const streamRecordsPerCallMax = 1000
export const streamBytesPerCallMax = MB
export const streamPageMax = 100
/** Shards of a new stream, unless the composition root asks for more. */
export const streamShardsDefault = 1

export const ttlAttributeLengthMax = 255
/** An item whose TTL lies further back than this is not deleted ("Using time to live (TTL)"). */
export const ttlAgeMaxSeconds = 5 * 365 * 24 * 60 * 60

/** Items that a background task (backfill, clean-up, TTL) handles in one storage transaction. */
export const backgroundChunkItems = 500
/** How often expired items, old stream records and old tokens are looked for. */
export const sweepMs = 1000
