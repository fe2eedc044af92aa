import { integer, list, optional, structure, text } from '../../kernel/index.ts'
import { batchResult, checkEntries, eachEntry } from '../engine/batch.ts'
import { operation, queueOf } from '../engine/context.ts'
import { changeVisibility } from '../engine/received.ts'

const entry = structure({
  Id: text,
  ReceiptHandle: optional(text),
  VisibilityTimeout: optional(integer),
})

export const changeMessageVisibilityBatch = operation('ChangeMessageVisibilityBatch', {
  input: { QueueUrl: optional(text), Entries: optional(list(entry)) },
  async run(context, input) {
    const { name } = queueOf(context, input.QueueUrl)
    const entries = input.Entries ?? []
    checkEntries(entries)
    const nowMs = context.environment.clock.now()
    const { done, failed } = await context.store.write((writer) =>
      eachEntry(entries, ({ ReceiptHandle, VisibilityTimeout }) =>
        changeVisibility(writer, name, ReceiptHandle, VisibilityTimeout ?? 0, nowMs),
      ),
    )
    context.waiters.wake(name)
    return batchResult(
      done.map((each) => ({ Id: each.entry.Id })),
      failed,
    )
  },
})
