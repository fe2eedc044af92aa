import { changeTags, poolByArn } from '../pool-by-arn.ts'
import { arn, userPoolTagsList } from './shapes.ts'
import { operation } from './operation.ts'

/** Removes tags from a pool. */
export const untagResource = operation('UntagResource', {
  input: { ResourceArn: arn, TagKeys: userPoolTagsList },
  async run(ctx, input) {
    const pool = poolByArn(ctx, input.ResourceArn)
    await changeTags(ctx, pool, (before) =>
      Object.fromEntries(Object.entries(before).filter(([key]) => !input.TagKeys.includes(key))),
    )
    return {}
  },
})
