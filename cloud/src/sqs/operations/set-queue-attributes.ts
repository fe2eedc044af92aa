import { map, optional, text } from '../../kernel/index.ts'
import { operation, queueOf } from '../engine/context.ts'
import { checkAttributes, queueRecords, setAttributes } from '../engine/queue.ts'
import { missingParameter, queueDoesNotExist } from '../errors.ts'

/** Changes the attributes given; an empty text takes one back to its default. */
export const setQueueAttributes = operation('SetQueueAttributes', {
  input: { QueueUrl: optional(text), Attributes: optional(map(text)) },
  async run(context, input) {
    const { name } = queueOf(context, input.QueueUrl)
    if (input.Attributes === undefined) throw missingParameter('Attribute.Name')
    const changes = checkAttributes(input.Attributes)
    const modifiedSeconds = Math.floor(context.environment.clock.now() / 1000)
    await context.store.write((writer) => {
      const queue = queueRecords.get(writer, name)
      if (queue === undefined) throw queueDoesNotExist()
      const attributes = setAttributes({ ...queue.attributes, ...changes })
      queueRecords.put(writer, name, { ...queue, attributes, modifiedSeconds })
    })
    context.waiters.wake(name)
    return {}
  },
})
