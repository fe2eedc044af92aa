import { list, text } from '../../kernel/index.ts'
import { nameOfArn, operation } from '../engine/context.ts'
import { changeTags, withoutTags } from '../engine/tags.ts'

export const untagResource = operation('UntagResource', {
  input: { resourceArn: text, tagKeys: list(text) },
  async run(context, { resourceArn, tagKeys }) {
    const name = nameOfArn(resourceArn)
    await changeTags(context.store, name, (tags) => withoutTags(tags, tagKeys))
    return {}
  },
})
