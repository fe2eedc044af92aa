import { list, text } from '../../kernel/index.ts'
import { operation } from '../engine/context.ts'
import { groupName } from '../engine/records.ts'
import { changeTags, withoutTags } from '../engine/tags.ts'

/** Older form of UntagResource. */
export const untagLogGroup = operation('UntagLogGroup', {
  input: { logGroupName: groupName, tags: list(text) },
  async run(context, { logGroupName, tags: keys }) {
    await changeTags(context.store, logGroupName, (tags) => withoutTags(tags, keys))
    return {}
  },
})
