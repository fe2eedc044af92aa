import { operation } from '../engine/context.ts'
import { groupName, requireGroup } from '../engine/records.ts'

/** Older form of ListTagsForResource. */
export const listTagsLogGroup = operation('ListTagsLogGroup', {
  input: { logGroupName: groupName },
  run: (context, { logGroupName }) => ({
    tags: requireGroup(context.store.reader, logGroupName).tags,
  }),
})
