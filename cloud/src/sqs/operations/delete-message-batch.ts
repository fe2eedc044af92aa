import { list, optional, structure, text } from '../../kernel/index.ts'
import { batchResult, checkEntries, eachEntry } from '../engine/batch.ts'
import { operation, queueOf } from '../engine/context.ts'
import { deleteReceived } from '../engine/received.ts'

export const deleteMessageBatch = operation('DeleteMessageBatch', {
  input: {
    QueueUrl: optional(text),
    Entries: optional(list(structure({ Id: text, ReceiptHandle: optional(text) }))),
  },
  async run(context, input) {
    const { name } = queueOf(context, input.QueueUrl)
    const entries = input.Entries ?? []
    checkEntries(entries)
    const { done, failed } = await context.store.write((writer) =>
      eachEntry(entries, (entry) => deleteReceived(writer, name, entry.ReceiptHandle)),
    )
    return batchResult(
      done.map(({ entry }) => ({ Id: entry.Id })),
      failed,
    )
  },
})
