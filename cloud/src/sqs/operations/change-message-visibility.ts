import { integer, optional, text } from '../../kernel/index.ts'
import { operation, queueOf } from '../engine/context.ts'
import { changeVisibility } from '../engine/received.ts'

export const changeMessageVisibility = operation('ChangeMessageVisibility', {
  input: {
    QueueUrl: optional(text),
    ReceiptHandle: optional(text),
    VisibilityTimeout: optional(integer),
  },
  async run(context, input) {
    const { name } = queueOf(context, input.QueueUrl)
    const nowMs = context.environment.clock.now()
    await context.store.write((writer) =>
      changeVisibility(writer, name, input.ReceiptHandle, input.VisibilityTimeout, nowMs),
    )
    context.waiters.wake(name)
    return {}
  },
})
