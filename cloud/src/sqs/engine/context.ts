import { arn, operationMaker, type Environment } from '../../kernel/index.ts'
import type { Store } from '../../storage/index.ts'
import { queueDoesNotExist, required } from '../errors.ts'
import { queueRecords, type QueueRecord } from './queue.ts'
import type { Waiters } from './waiters.ts'

/** What every operation works with. */
export type SqsContext = {
  readonly environment: Environment
  readonly store: Store
  readonly waiters: Waiters
  readonly queueUrl: (name: string) => string
  /** A serial for a message sent now: greater than every one given out before. */
  readonly nextSerial: () => number
}

export const operation = operationMaker<SqsContext>('InvalidParameterValue')

export const queueArn = (context: SqsContext, name: string): string =>
  arn(context.environment, 'sqs', name)

/** The name at the end of a queue URL, whatever its host: endpoints change, names do not. */
export const queueNameOfUrl = (url: string): string => url.slice(url.lastIndexOf('/') + 1)

/**
 * The queue a URL names.
 *
 * @throws AwsError MissingParameter; QueueDoesNotExist
 */
export const queueOf = (context: SqsContext, url: string | undefined): QueueRecord =>
  queueNamed(context, queueNameOfUrl(required(url, 'QueueUrl')))

/** @throws AwsError QueueDoesNotExist */
export function queueNamed(context: SqsContext, name: string): QueueRecord {
  // Names hold no zero bytes, which separate the parts of keys.
  const queue = name.includes('\0') ? undefined : queueRecords.get(context.store.reader, name)
  if (queue === undefined) throw queueDoesNotExist()
  return queue
}
