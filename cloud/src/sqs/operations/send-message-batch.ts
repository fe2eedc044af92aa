import { AwsError, integer, list, optional, structure, text } from '../../kernel/index.ts'
import { batchResult, checkEntries, eachEntry } from '../engine/batch.ts'
import { operation, queueOf } from '../engine/context.ts'
import { refuseFifoMembers } from '../engine/fifo-members.ts'
import { messageAttributes } from '../engine/message.ts'
import { prepareMessage, sendResult, storeMessages } from '../engine/send.ts'
import { messageBytesMax } from '../limits.ts'

const entry = structure({
  Id: text,
  MessageBody: optional(text),
  DelaySeconds: optional(integer),
  MessageAttributes: optional(messageAttributes),
  MessageSystemAttributes: optional(messageAttributes),
  MessageDeduplicationId: optional(text),
  MessageGroupId: optional(text),
})

export const sendMessageBatch = operation('SendMessageBatch', {
  input: { QueueUrl: optional(text), Entries: optional(list(entry)) },
  async run(context, input) {
    const queue = queueOf(context, input.QueueUrl)
    const entries = input.Entries ?? []
    checkEntries(entries)
    const { done, failed } = eachEntry(entries, (each) => {
      refuseFifoMembers(each)
      return prepareMessage(context, queue, each)
    })
    const bytes = done.reduce((sum, each) => sum + each.result.bytes, 0)
    if (bytes > messageBytesMax) {
      throw new AwsError(
        'BatchRequestTooLong',
        `Batch requests cannot be longer than ${messageBytesMax} bytes. You have sent ${bytes} bytes.`,
      )
    }
    const messages = done.map((each) => each.result.message)
    if (messages.length > 0) await storeMessages(context, queue.name, messages)
    const successful = done.map((each) => ({
      Id: each.entry.Id,
      ...sendResult(each.result.message),
    }))
    return batchResult(successful, failed)
  },
})
