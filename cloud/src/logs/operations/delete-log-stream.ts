import { operation } from '../engine/context.ts'
import { removeStreamEvents } from '../engine/events.ts'
import {
  groupName,
  groupRecords,
  requireGroup,
  requireStream,
  streamId,
  streamName,
  streamRecords,
} from '../engine/records.ts'

export const deleteLogStream = operation('DeleteLogStream', {
  input: { logGroupName: groupName, logStreamName: streamName },
  async run(context, { logGroupName, logStreamName }) {
    await context.sink.flushed()
    await context.store.write((writer) => {
      const group = requireGroup(writer, logGroupName)
      requireStream(writer, logGroupName, logStreamName)
      const bytes = group.bytes - removeStreamEvents(writer, group.id, logStreamName)
      streamRecords.remove(writer, streamId(logGroupName, logStreamName))
      groupRecords.put(writer, logGroupName, { ...group, bytes: Math.max(0, bytes) })
    })
    return {}
  },
})
