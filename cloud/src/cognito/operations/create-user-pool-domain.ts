import { integer, optional } from '../../kernel/index.ts'
import { requirePool } from '../context.ts'
import { invalidParameter } from '../errors.ts'
import { domainOf, domainOfPool, putDomain } from '../pools/domains.ts'
import { customDomainConfig, domain, userPoolId } from './shapes.ts'
import { operation } from './operation.ts'

/** Gives a pool a domain for its sign-in pages. */
export const createUserPoolDomain = operation('CreateUserPoolDomain', {
  input: {
    Domain: domain,
    UserPoolId: userPoolId,
    ManagedLoginVersion: optional(integer),
    CustomDomainConfig: optional(customDomainConfig),
  },
  async run(ctx, input) {
    const pool = requirePool(ctx, input.UserPoolId)
    const reserved = reservedWords.find((word) => input.Domain.includes(word))
    if (input.CustomDomainConfig === undefined) {
      if (input.Domain.includes('.')) {
        throw invalidParameter(
          'A domain of your own needs a CustomDomainConfig; a prefix has no dots.',
        )
      }
      if (reserved !== undefined) {
        throw invalidParameter(`Domain cannot contain reserved word: ${reserved}`)
      }
    }
    await ctx.store.write((writer) => {
      if (domainOf(writer, input.Domain) !== undefined) {
        throw invalidParameter('Domain already associated with another user pool.')
      }
      if (domainOfPool(writer, pool.id) !== undefined) {
        throw invalidParameter(`User pool ${pool.id} already has a domain configured.`)
      }
      putDomain(writer, {
        domain: input.Domain,
        poolId: pool.id,
        managedLoginVersion: input.ManagedLoginVersion ?? 1,
        ...(input.CustomDomainConfig === undefined ? {} : { custom: input.CustomDomainConfig }),
      })
    })
    return { ManagedLoginVersion: input.ManagedLoginVersion ?? 1 }
  },
})

/** "Configuring a user pool domain": a prefix cannot hold these. */
const reservedWords = ['aws', 'amazon', 'cognito']
