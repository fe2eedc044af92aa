import { integer } from '../../kernel/index.ts'
import { operation } from '../engine/context.ts'
import { groupName, groupRecords, requireGroup } from '../engine/records.ts'
import { retentionDays } from '../limits.ts'

export const putRetentionPolicy = operation('PutRetentionPolicy', {
  input: { logGroupName: groupName, retentionInDays: integer },
  check: ({ retentionInDays: days }) =>
    retentionDays.includes(days)
      ? undefined
      : `1 validation error detected: Value '${days}' at 'retentionInDays' failed to satisfy constraint: Member must satisfy enum value set: [${retentionDays.join(', ')}]`,
  async run(context, { logGroupName, retentionInDays }) {
    await context.store.write((writer) => {
      const group = requireGroup(writer, logGroupName)
      groupRecords.put(writer, logGroupName, { ...group, retentionDays: retentionInDays })
    })
    return {}
  },
})
