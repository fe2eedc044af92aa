import { badRequest, conflict, notFound } from '@cloudlet/kit'
import type { HttpProblem } from '@cloudlet/kit'

/** What is paired: text, or a whole number of up to 38 digits. Kept and answered as it was given. */
export type EntityId = string | number | bigint

/** A token and the one or two entities that it pairs. */
export type Token = {
  readonly token: string
  readonly entity1: EntityId
  readonly entity2?: EntityId
  /** ISO 8601, UTC. */
  readonly createdAt: string
  /** Seconds since the epoch, as DynamoDB's time to live wants them. Absent: the token does not expire. */
  readonly expiresAt?: number
}

/** What a caller sees of a token. */
export type TokenView = {
  readonly token: string
  readonly entity1: EntityId
  readonly entity2: EntityId | null
  readonly createdAt: string
  /** ISO 8601, UTC. */
  readonly expiresAt: string | null
}

/** A token for its first entity; `id` must be random. */
export function issueToken(
  request: { readonly entityId: EntityId; readonly ttlSeconds?: number | undefined },
  id: string,
  now: Date,
): Token {
  const token = { token: id, entity1: request.entityId, createdAt: now.toISOString() }
  if (request.ttlSeconds === undefined) return token
  // Rounded up: a token never lives shorter than what was asked for.
  return { ...token, expiresAt: Math.ceil(now.getTime() / 1000) + request.ttlSeconds }
}

/** True until the moment a token expires, whether or not DynamoDB has removed it since. */
export const isLive = (token: Token, now: Date): boolean =>
  token.expiresAt === undefined || token.expiresAt * 1000 > now.getTime()

export const viewOf = (token: Token): TokenView => ({
  token: token.token,
  entity1: token.entity1,
  entity2: token.entity2 ?? null,
  createdAt: token.createdAt,
  expiresAt: token.expiresAt === undefined ? null : new Date(token.expiresAt * 1000).toISOString(),
})

export const tokenNotFound = (): HttpProblem => notFound('Token not found')

/** Why `entity` could not be paired with the token that was `found`. */
export function pairingProblem(found: Token | undefined, entity: EntityId, now: Date): HttpProblem {
  if (found === undefined || !isLive(found, now)) return tokenNotFound()
  if (found.entity1 === entity) return badRequest('An entity cannot be paired with itself')
  return conflict('Token is already paired')
}
