import { optional, text } from '../../kernel/index.ts'
import { operation, queueOf } from '../engine/context.ts'
import { deleteReceived } from '../engine/received.ts'

export const deleteMessage = operation('DeleteMessage', {
  input: { QueueUrl: optional(text), ReceiptHandle: optional(text) },
  async run(context, input) {
    const { name } = queueOf(context, input.QueueUrl)
    await context.store.write((writer) => deleteReceived(writer, name, input.ReceiptHandle))
    return {}
  },
})
