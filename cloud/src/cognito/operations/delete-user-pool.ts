import { requirePool } from '../context.ts'
import { invalidParameter } from '../errors.ts'
import { removePool } from '../pools/remove-pool.ts'
import { operation } from './operation.ts'
import { userPoolId } from './shapes.ts'

/** Deletes a pool with its users, groups, clients and keys. */
export const deleteUserPool = operation('DeleteUserPool', {
  input: { UserPoolId: userPoolId },
  async run(ctx, input) {
    const pool = requirePool(ctx, input.UserPoolId)
    if (pool.settings.DeletionProtection === 'ACTIVE') {
      throw invalidParameter(
        'The user pool cannot be deleted because deletion protection is activated. Deletion protection must be inactivated first.',
      )
    }
    await removePool(ctx, pool)
    ctx.keyRing.forget(pool.id)
    return {}
  },
})
