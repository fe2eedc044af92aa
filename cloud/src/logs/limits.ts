/** "CloudWatch Logs quotas" and PutLogEvents. */
export const batchBytesMax = 1_048_576
export const batchEventsMax = 10_000
export const eventOverheadBytes = 26
export const messageBytesMax = batchBytesMax - eventOverheadBytes
export const batchSpanMsMax = 24 * 60 * 60 * 1000
export const eventAgeMsMax = 14 * 24 * 60 * 60 * 1000
export const eventAheadMsMax = 2 * 60 * 60 * 1000
export const describeLimitMax = 50
export const eventsLimitMax = 10_000
export const answerBytesMax = 1_048_576
export const tagsMax = 50
export const retentionDays: readonly number[] = [
  1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288,
  3653,
]

/** Events that lie closer together than this are stored in one record, up to a size. */
export const blockSpanMs = 250
export const blockBytesMax = 64 * 1024
/** What a group keeps on disk: the oldest events go when it has more, down to the second figure. */
export const groupBytesMax = 64 * 1024 * 1024
export const groupBytesAfterTrim = 62 * 1024 * 1024
/** Events looked at by one call that searches; it answers with a token to go on with. */
export const scanEventsMax = 50_000
/** What waits to be written; more than that is dropped, and reported. */
export const sinkBytesMax = 16 * 1024 * 1024
/** Events written or removed in one transaction, so that others do not wait long. */
export const transactionEventsMax = 2_000
export const sweepEveryMs = 10 * 60 * 1000
