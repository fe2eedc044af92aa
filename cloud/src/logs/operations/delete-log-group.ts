import { operation } from '../engine/context.ts'
import {
  doomedGroups,
  groupName,
  groupRecords,
  requireGroup,
  streamId,
  streamRecords,
  streamsOf,
} from '../engine/records.ts'
import { removeDoomed } from '../engine/sweep.ts'

/** The group is gone at once; its events are removed behind it, a part at a time. */
export const deleteLogGroup = operation('DeleteLogGroup', {
  input: { logGroupName: groupName },
  async run(context, { logGroupName: name }) {
    await context.sink.flushed()
    await context.store.write((writer) => {
      const { id } = requireGroup(writer, name)
      const streams = [...streamsOf(writer, name)]
      for (const stream of streams) streamRecords.remove(writer, streamId(name, stream.name))
      groupRecords.remove(writer, name)
      doomedGroups.put(writer, String(id), true)
    })
    await removeDoomed(context.store)
    return {}
  },
})
