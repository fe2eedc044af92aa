/** Lambda, "Lambda quotas": the payload of a synchronous invocation. */
export const payloadBytesMax = 6 * 1024 * 1024
/** CreateEventSourceMapping for DynamoDB streams. */
export const batchRecordsMax = 10_000
export const batchingWindowSecondsMax = 300
export const parallelizationFactorMax = 10
export const retryAttemptsMax = 10_000
export const recordAgeSecondsMin = 60
export const recordAgeSecondsMax = 604_800
/** "Lambda event filtering": five filters an event source by default. */
export const filtersMax = 5
export const filterCharactersMax = 4_096
/** DynamoDB Streams keeps records for a day: what has failed for that long is given up. */
export const streamRetentionMs = 24 * 60 * 60 * 1000

/** Waits between failures of the same batch: doubling from the first to the longest. */
export const backOffFirstMs = 100
export const backOffLongestMs = 30_000
/** How often an on-failure destination is tried before its record is only reported. */
export const destinationAttemptsMax = 5
/** Waits before a stream that is missing, or a store that fails, is looked at again. */
export const sourceRetryMs = 1_000

/** How far a shard is read ahead of what its function has finished. */
export const readAheadRecordsMin = 1_000
export const readAheadBytesMax = 32 * 1024 * 1024
export const pageRecordsMax = 100
