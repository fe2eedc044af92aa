import type { Writer } from '../../storage/index.ts'
import { queueArn, type SqsContext } from './context.ts'
import { addMessage, changeMessage, removeMessage, visibleMessages } from './message-store.ts'
import type { StoredMessage } from './message.ts'
import { numberAttribute, queueRecords, redrivePolicy, type QueueRecord } from './queue.ts'

export type Taken = {
  readonly messages: readonly StoredMessage[]
  /** Dead-letter queues that got messages. */
  readonly moved: ReadonlySet<string>
}

/**
 * Takes up to `count` messages: they become invisible for the visibility timeout. Messages that are past their
 * retention are removed on the way; those that were received too often go to the dead-letter queue
 * ("Using dead-letter queues in Amazon SQS").
 */
export function takeMessages(
  context: SqsContext,
  writer: Writer,
  queueName: string,
  options: { count: number; visibilitySeconds?: number | undefined; nowMs: number },
): Taken {
  const queue = queueRecords.get(writer, queueName)
  const messages: StoredMessage[] = []
  const moved = new Set<string>()
  if (queue === undefined) return { messages, moved }
  const { nowMs, count } = options
  const seconds = options.visibilitySeconds ?? numberAttribute(queue, 'VisibilityTimeout')
  const sentAfterMs = nowMs - numberAttribute(queue, 'MessageRetentionPeriod') * 1000
  const redrive = redriveOf(writer, queue)
  const taken = new Set<number>()
  for (;;) {
    const found = visibleMessages(writer, queueName, nowMs, count + taken.size)
    const fresh = found.filter((message) => !taken.has(message.serial))
    if (fresh.length === 0 || messages.length >= count) return { messages, moved }
    for (const message of fresh.slice(0, count - messages.length)) {
      if (message.sentMs <= sentAfterMs) {
        removeMessage(writer, queueName, message)
      } else if (redrive !== undefined && message.receives >= redrive.receivesMax) {
        removeMessage(writer, queueName, message)
        const sourceArn = queueArn(context, queueName)
        addMessage(writer, redrive.targetName, { ...unreceived(message, nowMs), sourceArn })
        moved.add(redrive.targetName)
      } else {
        const after = receivedAgain(message, nowMs, seconds, context.environment.ids.uuid())
        changeMessage(writer, queueName, message, after)
        taken.add(after.serial)
        messages.push(after)
      }
    }
  }
}

function redriveOf(
  writer: Writer,
  queue: QueueRecord,
): ReturnType<typeof redrivePolicy> | undefined {
  const text = queue.attributes['RedrivePolicy']
  if (text === undefined || text === '') return undefined
  const policy = redrivePolicy(text)
  const usable =
    policy.targetName !== queue.name && queueRecords.get(writer, policy.targetName) !== undefined
  return usable ? policy : undefined
}

const receivedAgain = (
  message: StoredMessage,
  nowMs: number,
  visibilitySeconds: number,
  receipt: string,
): StoredMessage => ({
  ...message,
  receives: message.receives + 1,
  firstReceivedMs: message.firstReceivedMs ?? nowMs,
  visibleMs: nowMs + visibilitySeconds * 1000,
  receipt,
})

/** A standard queue's message keeps the time it was first sent at when it is moved. */
function unreceived(message: StoredMessage, nowMs: number): StoredMessage {
  const { receipt: _receipt, firstReceivedMs: _first, ...kept } = message
  return { ...kept, receives: 0, visibleMs: nowMs }
}
