import { integer, optional } from '../../kernel/index.ts'
import { requirePool } from '../context.ts'
import { putDomain, requireDomain } from '../pools/domains.ts'
import { customDomainConfig, domain, userPoolId } from './shapes.ts'
import { operation } from './operation.ts'

/** Changes a domain's settings. */
export const updateUserPoolDomain = operation('UpdateUserPoolDomain', {
  input: {
    Domain: domain,
    UserPoolId: userPoolId,
    ManagedLoginVersion: optional(integer),
    CustomDomainConfig: optional(customDomainConfig),
  },
  async run(ctx, input) {
    const pool = requirePool(ctx, input.UserPoolId)
    const version = await ctx.store.write((writer) => {
      const before = requireDomain(writer, pool.id, input.Domain)
      const managedLoginVersion = input.ManagedLoginVersion ?? before.managedLoginVersion
      const custom = input.CustomDomainConfig ?? before.custom
      putDomain(writer, {
        ...before,
        managedLoginVersion,
        ...(custom === undefined ? {} : { custom }),
      })
      return managedLoginVersion
    })
    return { ManagedLoginVersion: version }
  },
})
