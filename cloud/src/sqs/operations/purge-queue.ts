import { optional, text } from '../../kernel/index.ts'
import { operation, queueOf } from '../engine/context.ts'
import { removeAllMessages } from '../engine/message-store.ts'

/** Removes all messages, in flight or not, at once: unlike AWS it may be asked for again within a minute. */
export const purgeQueue = operation('PurgeQueue', {
  input: { QueueUrl: optional(text) },
  async run(context, input) {
    const { name } = queueOf(context, input.QueueUrl)
    await context.store.write((writer) => removeAllMessages(writer, name))
    return {}
  },
})
