import type { Writer } from '../../storage/index.ts'
import { queueDoesNotExist, inRange } from '../errors.ts'
import { delaySecondsMax } from '../limits.ts'
import type { SqsContext } from './context.ts'
import { attributesDigest, bodyDigest } from './digest.ts'
import { checkMessage } from './message-check.ts'
import { addMessage } from './message-store.ts'
import type { MessageAttributes, StoredMessage } from './message.ts'
import { numberAttribute, queueRecords, type QueueRecord } from './queue.ts'

/** The members that SendMessage and an entry of SendMessageBatch share. */
export type MessageInput = {
  MessageBody?: string | undefined
  DelaySeconds?: number | undefined
  MessageAttributes?: MessageAttributes | undefined
  MessageSystemAttributes?: MessageAttributes | undefined
  MessageGroupId?: string | undefined
}

export type Prepared = { readonly message: StoredMessage; readonly bytes: number }

/**
 * Checks a message and makes what is to be stored.
 *
 * @throws AwsError MissingParameter, InvalidMessageContents, InvalidParameterValue
 */
export function prepareMessage(
  context: SqsContext,
  queue: QueueRecord,
  input: MessageInput,
): Prepared {
  const bytesMax = numberAttribute(queue, 'MaximumMessageSize')
  const bytes = checkMessage(input.MessageBody, input.MessageAttributes, bytesMax)
  const delaySeconds =
    input.DelaySeconds === undefined
      ? numberAttribute(queue, 'DelaySeconds')
      : inRange('DelaySeconds', input.DelaySeconds, 0, delaySecondsMax)
  const { clock, ids } = context.environment
  const nowMs = clock.now()
  const message: StoredMessage = {
    id: ids.uuid(),
    serial: context.nextSerial(),
    body: input.MessageBody ?? '',
    ...(input.MessageAttributes && { attributes: input.MessageAttributes }),
    ...(input.MessageSystemAttributes && { systemAttributes: input.MessageSystemAttributes }),
    ...(input.MessageGroupId !== undefined && { groupId: input.MessageGroupId }),
    sentMs: nowMs,
    visibleMs: nowMs + delaySeconds * 1000,
    receives: 0,
  }
  return { message, bytes }
}

/** Stores messages together, then wakes who waits for them. */
export async function storeMessages(
  context: SqsContext,
  queue: string,
  messages: readonly StoredMessage[],
): Promise<void> {
  await context.store.write((writer: Writer) => {
    if (queueRecords.get(writer, queue) === undefined) throw queueDoesNotExist()
    for (const message of messages) addMessage(writer, queue, message)
  })
  context.waiters.wake(queue)
}

/** What the sender is told of a message. */
export const sendResult = (message: StoredMessage): object => ({
  MessageId: message.id,
  MD5OfMessageBody: bodyDigest(message.body),
  MD5OfMessageAttributes: attributesDigest(message.attributes),
  MD5OfMessageSystemAttributes: attributesDigest(message.systemAttributes),
})
