import { AwsError, map, optional, text } from '../../kernel/index.ts'
import { operation } from '../engine/context.ts'
import {
  allAttributes,
  checkAttributes,
  checkQueueName,
  queueRecords,
  setAttributes,
} from '../engine/queue.ts'
import { checkTags } from '../engine/tags.ts'
import { required } from '../errors.ts'

/** Creating a queue that exists is a success when the attributes given are those it has. */
export const createQueue = operation('CreateQueue', {
  input: {
    QueueName: optional(text),
    Attributes: optional(map(text)),
    tags: optional(map(text)),
  },
  async run(context, input) {
    const name = required(input.QueueName, 'QueueName')
    checkQueueName(name)
    const attributes = setAttributes(checkAttributes(input.Attributes))
    const tags = { ...input.tags }
    checkTags(tags)
    const seconds = Math.floor(context.environment.clock.now() / 1000)
    await context.store.write((writer) => {
      const existing = queueRecords.get(writer, name)
      if (existing === undefined) {
        const times = { createdSeconds: seconds, modifiedSeconds: seconds }
        queueRecords.put(writer, name, { name, ...times, attributes, tags })
        return
      }
      const has = allAttributes(existing)
      for (const [attribute, value] of Object.entries(attributes)) {
        if (has[attribute] === value) continue
        throw new AwsError(
          'QueueNameExists',
          `A queue already exists with the same name and a different value for attribute ${attribute}`,
        )
      }
    })
    return { QueueUrl: context.queueUrl(name) }
  },
})
