import { requirePool } from '../context.ts'
import { withCustomAttributes } from '../pools/schema.ts'
import { customAttributesList } from './pool-shapes.ts'
import { operation } from './operation.ts'
import { userPoolId } from './shapes.ts'

/** Adds attributes to a pool's schema; they can never be removed. */
export const addCustomAttributes = operation('AddCustomAttributes', {
  input: { UserPoolId: userPoolId, CustomAttributes: customAttributesList },
  async run(ctx, input) {
    const pool = requirePool(ctx, input.UserPoolId)
    const SchemaAttributes = withCustomAttributes(
      pool.settings.SchemaAttributes,
      input.CustomAttributes,
    )
    const settings = { ...pool.settings, SchemaAttributes }
    const after = { ...pool, settings, modifiedMs: ctx.environment.clock.now() }
    await ctx.store.write((writer) => ctx.pools.putPool(writer, after))
    return {}
  },
})
