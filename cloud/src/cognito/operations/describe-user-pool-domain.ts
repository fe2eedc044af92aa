import { domainOf } from '../pools/domains.ts'
import { domain } from './shapes.ts'
import { operation } from './operation.ts'

/** A domain; one that nobody has is described as empty, as on AWS. */
export const describeUserPoolDomain = operation('DescribeUserPoolDomain', {
  input: { Domain: domain },
  run(ctx, input) {
    const found = domainOf(ctx.store.reader, input.Domain)
    if (found === undefined) return { DomainDescription: {} }
    return {
      DomainDescription: {
        UserPoolId: found.poolId,
        AWSAccountId: ctx.environment.accountId,
        Domain: found.domain,
        Status: 'ACTIVE',
        CustomDomainConfig: found.custom ?? {},
        ManagedLoginVersion: found.managedLoginVersion,
      },
    }
  },
})
