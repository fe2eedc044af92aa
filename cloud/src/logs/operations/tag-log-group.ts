import { map, text } from '../../kernel/index.ts'
import { operation } from '../engine/context.ts'
import { groupName } from '../engine/records.ts'
import { changeTags } from '../engine/tags.ts'

/** Older form of TagResource. */
export const tagLogGroup = operation('TagLogGroup', {
  input: { logGroupName: groupName, tags: map(text, { min: 1 }) },
  async run(context, { logGroupName, tags }) {
    await changeTags(context.store, logGroupName, (before) => ({ ...before, ...tags }))
    return {}
  },
})
