import { optional, randomAlphanumeric } from '../../kernel/index.ts'
import { invalidParameter } from '../errors.ts'
import { shownPool } from '../pools/shown-pool.ts'
import { newSettings } from '../pools/settings.ts'
import {
  aliasAttributesList,
  poolSettings,
  schemaAttributesList,
  userPoolName,
  usernameAttributesList,
  usernameConfiguration,
} from './pool-shapes.ts'
import { operation } from './operation.ts'

/** Makes a user pool. Its signing keys are made in the background. */
export const createUserPool = operation('CreateUserPool', {
  input: {
    PoolName: userPoolName,
    AliasAttributes: optional(aliasAttributesList),
    UsernameAttributes: optional(usernameAttributesList),
    Schema: optional(schemaAttributesList),
    UsernameConfiguration: optional(usernameConfiguration),
    ...poolSettings,
  },
  async run(ctx, input) {
    const { environment, pools, store } = ctx
    if (input.AliasAttributes !== undefined && input.UsernameAttributes !== undefined) {
      throw invalidParameter('Only one of aliasAttributes or usernameAttributes can be set.')
    }
    const nowMs = environment.clock.now()
    const pool = {
      id: `${environment.region}_${randomAlphanumeric(environment.ids, 9)}`,
      createdMs: nowMs,
      modifiedMs: nowMs,
      settings: newSettings(input),
    }
    await store.write((writer) => pools.putPool(writer, pool))
    ctx.makeKeys(pool.id)
    return { UserPool: shownPool(environment, pool, 0) }
  },
})
