import { map, text } from '../../kernel/index.ts'
import { nameOfArn, operation } from '../engine/context.ts'
import { changeTags } from '../engine/tags.ts'

export const tagResource = operation('TagResource', {
  input: { resourceArn: text, tags: map(text, { min: 1 }) },
  async run(context, { resourceArn, tags }) {
    await changeTags(context.store, nameOfArn(resourceArn), (before) => ({ ...before, ...tags }))
    return {}
  },
})
