import { operation } from '../engine/context.ts'
import { groupName, groupRecords, requireGroup } from '../engine/records.ts'

export const deleteRetentionPolicy = operation('DeleteRetentionPolicy', {
  input: { logGroupName: groupName },
  async run(context, { logGroupName }) {
    await context.store.write((writer) => {
      const { retentionDays: _days, ...group } = requireGroup(writer, logGroupName)
      groupRecords.put(writer, logGroupName, group)
    })
    return {}
  },
})
