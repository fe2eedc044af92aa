import { operation } from '../engine/context.ts'
import { groupName, requireGroup, streamId, streamName, streamRecords } from '../engine/records.ts'
import { alreadyExists } from '../errors.ts'

export const createLogStream = operation('CreateLogStream', {
  input: { logGroupName: groupName, logStreamName: streamName },
  async run(context, input) {
    const id = streamId(input.logGroupName, input.logStreamName)
    const createdMs = context.environment.clock.now()
    await context.store.write((writer) => {
      requireGroup(writer, input.logGroupName)
      if (streamRecords.get(writer, id) !== undefined) throw alreadyExists('stream')
      streamRecords.put(writer, id, { name: input.logStreamName, createdMs })
    })
    return {}
  },
})
