import type { Environment } from '../../kernel/index.ts'
import { arn } from '../../kernel/index.ts'
import type { FindIssuer } from '../ports.ts'
import type { KeyRing } from './keys.ts'

/** Which address stands in `iss`: the one of this machine, which OIDC clients can reach, or the one that AWS would use. */
export type IssuerForm = 'local' | 'aws'

export type Issuers = {
  /** The `iss` that a pool's tokens carry. */
  readonly of: (poolId: string) => string
  /** Where the pool's discovery document and keys are read on this machine. */
  readonly local: (poolId: string) => string
  /** The AWS endpoint's address on this machine. */
  readonly endpoint: () => string
  /** Every address that stands for the pool, the one in its tokens first. */
  readonly all: (poolId: string) => readonly string[]
  /** The pool id in an issuer's address or a pool's ARN, or undefined when it is none of ours. */
  readonly poolIdIn: (issuerOrArn: string) => string | undefined
}

export const poolArn = (environment: Environment, poolId: string): string =>
  arn(environment, 'cognito-idp', `userpool/${poolId}`)

export function createIssuers(
  environment: Environment,
  endpoint: () => string,
  form: IssuerForm,
): Issuers {
  const aws = (poolId: string): string =>
    `https://cognito-idp.${environment.region}.amazonaws.com/${poolId}`
  const local = (poolId: string): string => `${endpoint().replace(/\/$/, '')}/${poolId}`
  const all = (poolId: string): string[] =>
    form === 'local' ? [local(poolId), aws(poolId)] : [aws(poolId), local(poolId)]
  return {
    of: form === 'local' ? local : aws,
    local,
    endpoint,
    all,
    poolIdIn(issuerOrArn) {
      const poolId = /[/]([\w-]+_[0-9A-Za-z]+)\/?$/.exec(issuerOrArn)?.[1]
      if (poolId === undefined) return undefined
      const known = [...all(poolId), poolArn(environment, poolId)]
      return known.includes(issuerOrArn.replace(/\/$/, '')) ? poolId : undefined
    },
  }
}

/** The port for authorizers. Keys that are still being made are not listed: no token can bear them yet. */
export function issuerFinder(
  issuers: Issuers,
  keyRing: KeyRing,
  exists: (poolId: string) => boolean,
): FindIssuer {
  return (issuerOrArn) => {
    const poolId = issuers.poolIdIn(issuerOrArn)
    if (poolId === undefined || !exists(poolId)) return undefined
    const keys = keyRing.ready(poolId)
    const uses = ['id', 'access'] as const
    return {
      issuers: issuers.all(poolId),
      keys:
        keys === undefined
          ? []
          : uses.map((tokenUse) => ({
              kid: keys[tokenUse].kid,
              publicKey: keys[tokenUse].publicKey,
              tokenUse,
            })),
    }
  }
}
