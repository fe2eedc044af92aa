import { createHmac, timingSafeEqual } from 'node:crypto'
import { notAuthorized } from '../errors.ts'
import type { Client } from '../pools/pool.ts'

/**
 * A client with a secret must prove it: SECRET_HASH = base64 HMAC-SHA256(secret, user name + client id)
 * ("Computing secret hash values").
 *
 * @throws NotAuthorizedException
 */
export function requireSecretHash(
  client: Client,
  username: string | readonly string[],
  given: string | undefined,
): void {
  if (client.ClientSecret === undefined) return
  if (given === undefined) {
    throw notAuthorized(
      `Client ${client.ClientId} is configured with secret but SECRET_HASH was not received`,
    )
  }
  const names = typeof username === 'string' ? [username] : username
  const right = names.some((name) => equal(hashOf(client, name), given))
  if (!right) throw notAuthorized(`Unable to verify secret hash for client ${client.ClientId}`)
}

const hashOf = (client: Client, username: string): string =>
  createHmac('sha256', client.ClientSecret ?? '')
    .update(`${username}${client.ClientId}`)
    .digest('base64')

/** The member by which operations are told a client's proof; nothing for clients without a secret. */
export const secretHash = (client: Client, username: string): { readonly SecretHash?: string } =>
  client.ClientSecret === undefined ? {} : { SecretHash: hashOf(client, username) }

function equal(a: string, b: string): boolean {
  const [left, right] = [Buffer.from(a), Buffer.from(b)]
  return left.length === right.length && timingSafeEqual(left, right)
}

/** Whether a secret is the client's, compared in constant time; true for clients without one. */
export const isClientSecret = (client: Client, given: string | undefined): boolean =>
  client.ClientSecret === undefined ? given === undefined : equal(client.ClientSecret, given ?? '')
