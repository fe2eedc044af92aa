import { poolByArn } from '../pool-by-arn.ts'
import { arn } from './shapes.ts'
import { operation } from './operation.ts'

/** A pool's tags. */
export const listTagsForResource = operation('ListTagsForResource', {
  input: { ResourceArn: arn },
  run: (ctx, input) => ({ Tags: poolByArn(ctx, input.ResourceArn).settings.UserPoolTags }),
})
