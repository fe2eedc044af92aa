import { integer, optional, text } from '../../kernel/index.ts'
import { operation, queueOf } from '../engine/context.ts'
import { messageAttributes } from '../engine/message.ts'
import { prepareMessage, sendResult, storeMessages } from '../engine/send.ts'
import { refuseFifoMembers } from '../engine/fifo-members.ts'

export const sendMessage = operation('SendMessage', {
  input: {
    QueueUrl: optional(text),
    MessageBody: optional(text),
    DelaySeconds: optional(integer),
    MessageAttributes: optional(messageAttributes),
    MessageSystemAttributes: optional(messageAttributes),
    MessageDeduplicationId: optional(text),
    MessageGroupId: optional(text),
  },
  async run(context, input) {
    const queue = queueOf(context, input.QueueUrl)
    refuseFifoMembers(input)
    const { message } = prepareMessage(context, queue, input)
    await storeMessages(context, queue.name, [message])
    return sendResult(message)
  },
})
