import { requirePool, type CognitoContext } from './context.ts'
import { notFound } from './errors.ts'
import type { Pool, PoolSettings } from './pools/pool.ts'

/**
 * Changes a pool's settings in one transaction, starting from what is stored at that moment: of two changes at the
 * same time neither undoes the other.
 *
 * @param change pure; what it throws undoes everything
 * @throws ResourceNotFoundException
 */
export function changePool(
  ctx: CognitoContext,
  poolId: string,
  change: (before: PoolSettings) => PoolSettings,
): Promise<Pool> {
  requirePool(ctx, poolId)
  return ctx.store.write((writer) => {
    const before = ctx.pools.pool(writer, poolId)
    if (before === undefined) throw notFound(`User pool ${poolId} does not exist.`)
    const after = {
      ...before,
      settings: change(before.settings),
      modifiedMs: ctx.environment.clock.now(),
    }
    ctx.pools.putPool(writer, after)
    return after
  })
}
