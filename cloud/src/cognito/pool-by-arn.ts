import { changePool } from './change-pool.ts'
import { requirePool, type CognitoContext } from './context.ts'
import { notFound } from './errors.ts'
import type { Pool, PoolSettings } from './pools/pool.ts'

/** @throws ResourceNotFoundException */
export function poolByArn(ctx: CognitoContext, resourceArn: string): Pool {
  const poolId = ctx.issuers.poolIdIn(resourceArn)
  if (poolId === undefined) throw notFound(`Resource ${resourceArn} does not exist.`)
  return requirePool(ctx, poolId)
}

type Tags = PoolSettings['UserPoolTags']

/** Changes a pool's tags, starting from those that are stored at that moment. */
export const changeTags = (
  ctx: CognitoContext,
  pool: Pool,
  change: (before: Tags) => Tags,
): Promise<Pool> =>
  changePool(ctx, pool.id, (before) => ({ ...before, UserPoolTags: change(before.UserPoolTags) }))
