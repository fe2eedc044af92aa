/** Amazon SQS Developer Guide, "Amazon SQS message quotas" and "Amazon SQS queue quotas". */
export const messageBytesMax = 1_048_576
export const messageAttributesMax = 10
export const batchEntriesMax = 10
export const queueNameCharactersMax = 80
export const tagsMax = 50
export const receiveMessagesMax = 10
export const waitSecondsMax = 20
export const delaySecondsMax = 900
export const visibilitySecondsMax = 43_200
export const listQueuesMax = 1_000

/** How often messages past their retention are removed from disk; a receive never returns them anyway. */
export const sweepEveryMs = 60_000
/** Messages removed in one transaction, so that others do not wait long. */
export const sweepMessagesMax = 1_000
