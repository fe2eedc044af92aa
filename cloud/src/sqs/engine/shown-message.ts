import type { SqsContext } from './context.ts'
import { attributesDigest, bodyDigest } from './digest.ts'
import { receiptHandle, type MessageAttributes, type StoredMessage } from './message.ts'

/** A received message as its receiver sees it: with the attributes that were asked for. */
export function shownMessage(
  context: SqsContext,
  message: StoredMessage,
  asked: { systemNames: readonly string[]; attributeNames: readonly string[] },
): object {
  const system = Object.entries(systemAttributes(context, message)).filter(
    ([name]) => asked.systemNames.includes('All') || asked.systemNames.includes(name),
  )
  const attributes = askedAttributes(message.attributes ?? {}, asked.attributeNames)
  return {
    MessageId: message.id,
    ReceiptHandle: receiptHandle(message.serial, message.receipt ?? ''),
    MD5OfBody: bodyDigest(message.body),
    Body: message.body,
    ...(system.length > 0 && { Attributes: Object.fromEntries(system) }),
    MD5OfMessageAttributes: attributesDigest(attributes),
    MessageAttributes: attributes,
  }
}

function systemAttributes(context: SqsContext, message: StoredMessage): Record<string, string> {
  const trace = message.systemAttributes?.['AWSTraceHeader']?.StringValue
  return {
    SenderId: context.environment.accountId,
    SentTimestamp: String(message.sentMs),
    ApproximateReceiveCount: String(message.receives),
    ApproximateFirstReceiveTimestamp: String(message.firstReceivedMs ?? message.sentMs),
    ...(message.groupId !== undefined && { MessageGroupId: message.groupId }),
    ...(trace !== undefined && { AWSTraceHeader: trace }),
    ...(message.sourceArn !== undefined && { DeadLetterQueueSourceArn: message.sourceArn }),
  }
}

/** Names, beginnings (`price.*`), `All` or `.*`. */
function askedAttributes(
  attributes: MessageAttributes,
  asked: readonly string[],
): MessageAttributes | undefined {
  const wanted = (name: string): boolean =>
    asked.some((each) =>
      each === 'All' || each === '.*'
        ? true
        : each.endsWith('.*')
          ? name.startsWith(each.slice(0, -2))
          : each === name,
    )
  const entries = Object.entries(attributes).filter(([name]) => wanted(name))
  return entries.length === 0 ? undefined : Object.fromEntries(entries)
}
