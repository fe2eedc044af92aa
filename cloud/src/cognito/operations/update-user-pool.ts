import { optional } from '../../kernel/index.ts'
import { changePool } from '../change-pool.ts'
import { updatedSettings } from '../pools/settings.ts'
import { poolSettings, userPoolName } from './pool-shapes.ts'
import { operation } from './operation.ts'
import { userPoolId } from './shapes.ts'

/** Replaces a pool's settings: what is not given goes back to its default, as on AWS. */
export const updateUserPool = operation('UpdateUserPool', {
  input: {
    UserPoolId: userPoolId,
    PoolName: optional(userPoolName),
    ...poolSettings,
  },
  async run(ctx, input) {
    await changePool(ctx, input.UserPoolId, (before) => updatedSettings(before, input))
    return {}
  },
})
