/**
 * SQS moved from the Query to the JSON protocol; clients that still know the old codes send
 * `x-amzn-query-mode: true` and read `x-amzn-query-error` (Smithy, "awsQueryCompatible trait").
 */
const queryCodes: ReadonlyMap<string, string> = new Map([
  ['QueueDoesNotExist', 'AWS.SimpleQueueService.NonExistentQueue'],
  ['QueueNameExists', 'QueueAlreadyExists'],
  ['QueueDeletedRecently', 'AWS.SimpleQueueService.QueueDeletedRecently'],
  ['PurgeQueueInProgress', 'AWS.SimpleQueueService.PurgeQueueInProgress'],
  ['EmptyBatchRequest', 'AWS.SimpleQueueService.EmptyBatchRequest'],
  ['TooManyEntriesInBatchRequest', 'AWS.SimpleQueueService.TooManyEntriesInBatchRequest'],
  ['BatchEntryIdsNotDistinct', 'AWS.SimpleQueueService.BatchEntryIdsNotDistinct'],
  ['BatchRequestTooLong', 'AWS.SimpleQueueService.BatchRequestTooLong'],
  ['InvalidBatchEntryId', 'AWS.SimpleQueueService.InvalidBatchEntryId'],
  ['MessageNotInflight', 'AWS.SimpleQueueService.MessageNotInflight'],
  ['UnsupportedOperation', 'AWS.SimpleQueueService.UnsupportedOperation'],
  ['ResourceNotFoundException', 'ResourceNotFoundException'],
])

/** The value of `x-amzn-query-error` for an error code. */
export const queryErrorHeader = (code: string, fault: 'client' | 'server'): string =>
  `${queryCodes.get(code) ?? code};${fault === 'client' ? 'Sender' : 'Receiver'}`
