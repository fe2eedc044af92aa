import { changePool } from '../change-pool.ts'
import { withCustomAttributes } from '../pools/schema.ts'
import { customAttributesList } from './pool-shapes.ts'
import { operation } from './operation.ts'
import { userPoolId } from './shapes.ts'

/** Adds attributes to a pool's schema; they can never be removed. */
export const addCustomAttributes = operation('AddCustomAttributes', {
  input: { UserPoolId: userPoolId, CustomAttributes: customAttributesList },
  async run(ctx, input) {
    await changePool(ctx, input.UserPoolId, (before) => ({
      ...before,
      SchemaAttributes: withCustomAttributes(before.SchemaAttributes, input.CustomAttributes),
    }))
    return {}
  },
})
