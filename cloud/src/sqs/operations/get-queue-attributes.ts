import { list, optional, text } from '../../kernel/index.ts'
import { operation, queueArn, queueOf, type SqsContext } from '../engine/context.ts'
import { countMessages } from '../engine/message-store.ts'
import { allAttributes, attributeNames, type QueueRecord } from '../engine/queue.ts'
import { unknownAttribute } from '../errors.ts'

export const getQueueAttributes = operation('GetQueueAttributes', {
  input: { QueueUrl: optional(text), AttributeNames: optional(list(text)) },
  run(context, input) {
    const queue = queueOf(context, input.QueueUrl)
    const asked = new Set(input.AttributeNames)
    for (const name of asked) if (!attributeNames.has(name)) throw unknownAttribute(name)
    if (asked.size === 0) return {}
    const entries = Object.entries(attributesOf(context, queue))
    const wanted = asked.has('All') ? entries : entries.filter(([name]) => asked.has(name))
    return wanted.length === 0 ? {} : { Attributes: Object.fromEntries(wanted) }
  },
})

function attributesOf(context: SqsContext, queue: QueueRecord): Record<string, string> {
  const counts = countMessages(context.store.reader, queue.name, context.environment.clock.now())
  return {
    QueueArn: queueArn(context, queue.name),
    ApproximateNumberOfMessages: String(counts.visible),
    ApproximateNumberOfMessagesNotVisible: String(counts.inFlight),
    ApproximateNumberOfMessagesDelayed: String(counts.delayed),
    CreatedTimestamp: String(queue.createdSeconds),
    LastModifiedTimestamp: String(queue.modifiedSeconds),
    ...allAttributes(queue),
  }
}
