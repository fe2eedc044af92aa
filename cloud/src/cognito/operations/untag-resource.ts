import { changeTags, poolByArn } from '../pool-by-arn.ts'
import { arn, userPoolTagsList } from './shapes.ts'
import { operation } from './operation.ts'

/** Removes tags from a pool. */
export const untagResource = operation('UntagResource', {
  input: { ResourceArn: arn, TagKeys: userPoolTagsList },
  async run(ctx, input) {
    const pool = poolByArn(ctx, input.ResourceArn)
    const kept = Object.entries(pool.settings.UserPoolTags).filter(
      ([key]) => !input.TagKeys.includes(key),
    )
    await changeTags(ctx, pool, Object.fromEntries(kept))
    return {}
  },
})
