import { map, optional, text } from '../../kernel/index.ts'
import { operation, queueOf } from '../engine/context.ts'
import { queueRecords } from '../engine/queue.ts'
import { checkTags } from '../engine/tags.ts'
import { queueDoesNotExist, required } from '../errors.ts'

export const tagQueue = operation('TagQueue', {
  input: { QueueUrl: optional(text), Tags: optional(map(text)) },
  async run(context, input) {
    const { name } = queueOf(context, input.QueueUrl)
    const given = required(input.Tags, 'Tags')
    await context.store.write((writer) => {
      const queue = queueRecords.get(writer, name)
      if (queue === undefined) throw queueDoesNotExist()
      const tags = { ...queue.tags, ...given }
      checkTags(tags)
      queueRecords.put(writer, name, { ...queue, tags })
    })
    return {}
  },
})
