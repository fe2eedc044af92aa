import {
  operationTable,
  type Environment,
  type OperationTable,
  type Service,
} from '../kernel/index.ts'
import type { Store } from '../storage/index.ts'
import { queueNamed, type SqsContext } from './engine/context.ts'
import { queueNameOfArn } from './engine/queue.ts'
import { prepareMessage, storeMessages } from './engine/send.ts'
import { sweepQueues } from './engine/sweep.ts'
import { Waiters } from './engine/waiters.ts'
import { sweepEveryMs } from './limits.ts'
import { operations } from './operations/all.ts'

export type Sqs = {
  readonly services: readonly Service[]
  /** All operations by name, for calls inside the process. */
  readonly operations: OperationTable
  /**
   * Sends a message to the queue of an ARN, as another part's destination.
   *
   * @throws AwsError QueueDoesNotExist; InvalidParameterValue, InvalidMessageContents
   */
  readonly send: (queueArn: string, body: string) => Promise<void>
  /** Begins to remove messages that are past their retention. */
  readonly start: () => void
  /** Ends that, and lets every receive that waits answer. */
  readonly close: () => void
}

/**
 * Amazon SQS with standard queues, kept in the store. FIFO queues are refused.
 *
 * @param o.endpoint the AWS endpoint's address, for example `http://localhost:4566`; part of every queue URL
 */
export function createSqs(o: {
  environment: Environment
  store: Store
  endpoint: () => string
}): Sqs {
  const { clock, accountId, report } = o.environment
  let lastSerial = 0
  const context: SqsContext = {
    environment: o.environment,
    store: o.store,
    waiters: new Waiters(clock),
    queueUrl: (name) => `${o.endpoint()}/${accountId}/${name}`,
    nextSerial: () => (lastSerial = Math.max(lastSerial + 1, clock.now() * 1000)),
  }
  const table = operationTable(context, operations)
  let cancel: (() => void) | undefined
  let closed = false

  function sweepLater(): void {
    cancel = clock.after(sweepEveryMs, () => {
      sweepQueues(context)
        .catch((cause: unknown) => {
          if (closed) return
          report({ level: 'error', part: 'sqs', message: 'Old messages were not removed.', cause })
        })
        .finally(() => !closed && sweepLater())
    })
  }

  return {
    services: [
      {
        kind: 'json',
        signingName: 'sqs',
        target: 'AmazonSQS',
        version: '1.0',
        operations: table,
        errorNamespace: 'com.amazonaws.sqs',
      },
    ],
    operations: table,
    async send(queueArn, body) {
      const queue = queueNamed(context, queueNameOfArn(queueArn))
      const { message } = prepareMessage(context, queue, { MessageBody: body })
      await storeMessages(context, queue.name, [message])
    },
    start: () => sweepLater(),
    close() {
      closed = true
      cancel?.()
      context.waiters.end()
    },
  }
}
