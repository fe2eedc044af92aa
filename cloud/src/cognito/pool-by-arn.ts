import { requirePool, type CognitoContext } from './context.ts'
import { notFound } from './errors.ts'
import type { Pool } from './pools/pool.ts'

/** @throws ResourceNotFoundException */
export function poolByArn(ctx: CognitoContext, resourceArn: string): Pool {
  const poolId = ctx.issuers.poolIdIn(resourceArn)
  if (poolId === undefined) throw notFound(`Resource ${resourceArn} does not exist.`)
  return requirePool(ctx, poolId)
}

export async function changeTags(
  ctx: CognitoContext,
  pool: Pool,
  tags: Readonly<Record<string, string>>,
): Promise<void> {
  const after = { ...pool, settings: { ...pool.settings, UserPoolTags: tags } }
  await ctx.store.write((writer) => ctx.pools.putPool(writer, after))
}
