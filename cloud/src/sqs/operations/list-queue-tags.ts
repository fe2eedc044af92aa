import { optional, text } from '../../kernel/index.ts'
import { operation, queueOf } from '../engine/context.ts'

export const listQueueTags = operation('ListQueueTags', {
  input: { QueueUrl: optional(text) },
  run(context, input) {
    const { tags } = queueOf(context, input.QueueUrl)
    return Object.keys(tags).length === 0 ? {} : { Tags: tags }
  },
})
