import { text } from '../../kernel/index.ts'
import { nameOfArn, operation } from '../engine/context.ts'
import { requireGroup } from '../engine/records.ts'

export const listTagsForResource = operation('ListTagsForResource', {
  input: { resourceArn: text },
  run: (context, { resourceArn }) => ({
    tags: requireGroup(context.store.reader, nameOfArn(resourceArn)).tags,
  }),
})
