import { requirePool } from '../context.ts'
import { domainOfPool } from '../pools/domains.ts'
import { shownPool } from '../pools/shown-pool.ts'
import { userCount } from '../pools/user-store.ts'
import { operation } from './operation.ts'
import { userPoolId } from './shapes.ts'

/** A user pool's settings. */
export const describeUserPool = operation('DescribeUserPool', {
  input: { UserPoolId: userPoolId },
  run(ctx, input) {
    const pool = requirePool(ctx, input.UserPoolId)
    const { reader } = ctx.store
    const shown = shownPool(ctx.environment, pool, userCount(reader, pool.id))
    return { UserPool: { ...shown, Domain: domainOfPool(reader, pool.id) } }
  },
})
