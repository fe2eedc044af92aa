import { optional, text } from '../../kernel/index.ts'
import { operation, queueOf } from '../engine/context.ts'
import { removeAllMessages } from '../engine/message-store.ts'
import { queueRecords } from '../engine/queue.ts'

/** Removes a queue with its messages, at once. */
export const deleteQueue = operation('DeleteQueue', {
  input: { QueueUrl: optional(text) },
  async run(context, input) {
    const { name } = queueOf(context, input.QueueUrl)
    await context.store.write((writer) => {
      removeAllMessages(writer, name)
      queueRecords.remove(writer, name)
    })
    context.waiters.wake(name)
    return {}
  },
})
