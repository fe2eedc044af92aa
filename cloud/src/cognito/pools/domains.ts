import { documents, type Reader, type Writer } from '../../storage/index.ts'
import { invalidParameter } from '../errors.ts'

/**
 * The domains of the pools' sign-in pages:
 *
 *     cognito/domains       domain → Domain
 *     cognito/pool-domains  poolId → domain
 */
export type Domain = {
  readonly domain: string
  readonly poolId: string
  readonly managedLoginVersion: number
  readonly custom?: object
}

const domains = documents<Domain>('cognito/domains')
const poolDomains = documents<string>('cognito/pool-domains')

export const domainOf = (reader: Reader, domain: string): Domain | undefined =>
  domains.get(reader, domain)

export const domainOfPool = (reader: Reader, poolId: string): string | undefined =>
  poolDomains.get(reader, poolId)

/** @throws InvalidParameterException */
export function requireDomain(reader: Reader, poolId: string, domain: string): Domain {
  const found = domainOf(reader, domain)
  if (found?.poolId !== poolId) {
    throw invalidParameter('No such domain or user pool exists.')
  }
  return found
}

export function putDomain(writer: Writer, domain: Domain): void {
  domains.put(writer, domain.domain, domain)
  poolDomains.put(writer, domain.poolId, domain.domain)
}

export function removeDomain(writer: Writer, domain: Domain): void {
  domains.remove(writer, domain.domain)
  poolDomains.remove(writer, domain.poolId)
}
