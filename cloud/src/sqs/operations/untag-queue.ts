import { list, optional, text } from '../../kernel/index.ts'
import { operation, queueOf } from '../engine/context.ts'
import { queueRecords } from '../engine/queue.ts'
import { queueDoesNotExist, required } from '../errors.ts'

export const untagQueue = operation('UntagQueue', {
  input: { QueueUrl: optional(text), TagKeys: optional(list(text)) },
  async run(context, input) {
    const { name } = queueOf(context, input.QueueUrl)
    const gone = new Set(required(input.TagKeys, 'TagKeys'))
    await context.store.write((writer) => {
      const queue = queueRecords.get(writer, name)
      if (queue === undefined) throw queueDoesNotExist()
      const kept = Object.entries(queue.tags).filter(([key]) => !gone.has(key))
      queueRecords.put(writer, name, { ...queue, tags: Object.fromEntries(kept) })
    })
    return {}
  },
})
