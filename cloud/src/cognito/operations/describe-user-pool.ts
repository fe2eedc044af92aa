import { requirePool } from '../context.ts'
import { shownPool } from '../pools/shown-pool.ts'
import { userCount } from '../pools/user-store.ts'
import { operation } from './operation.ts'
import { userPoolId } from './shapes.ts'

/** A user pool's settings. */
export const describeUserPool = operation('DescribeUserPool', {
  input: { UserPoolId: userPoolId },
  run(ctx, input) {
    const pool = requirePool(ctx, input.UserPoolId)
    return { UserPool: shownPool(ctx.environment, pool, userCount(ctx.store.reader, pool.id)) }
  },
})
