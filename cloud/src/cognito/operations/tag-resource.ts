import { changeTags, poolByArn } from '../pool-by-arn.ts'
import { arn, userPoolTags } from './shapes.ts'
import { operation } from './operation.ts'

/** Adds tags to a pool, or changes their values. */
export const tagResource = operation('TagResource', {
  input: { ResourceArn: arn, Tags: userPoolTags },
  async run(ctx, input) {
    const pool = poolByArn(ctx, input.ResourceArn)
    await changeTags(ctx, pool, (before) => ({ ...before, ...input.Tags }))
    return {}
  },
})
