import { isClientSecret } from '../../flows/secret-hash.ts'
import type { Client } from '../../pools/pool.ts'
import type { PageCall } from '../page-call.ts'
import { OAuthError } from './oauth-error.ts'

/**
 * The app client that calls, by `client_secret_basic`, `client_secret_post` or, for clients without a secret, its
 * id alone. Secrets are compared in constant time.
 *
 * @throws OAuthError invalid_client; invalid_request when two ways contradict each other
 */
export function authenticatedClient({ ctx, pool, headers, form }: PageCall): Client {
  const basic = basicCredentials(headers['authorization'])
  const formId = form.get('client_id') || undefined
  const formSecret = form.get('client_secret') || undefined
  if (basic !== undefined && formSecret !== undefined) {
    throw new OAuthError('invalid_request', 'Only one way of client authentication is allowed')
  }
  if (basic !== undefined && formId !== undefined && formId !== basic.id) {
    throw new OAuthError('invalid_request', 'client_id contradicts the Authorization header')
  }
  const client = ctx.pools.client(ctx.store.reader, basic?.id ?? formId ?? '')
  if (client === undefined || client.UserPoolId !== pool.id) throw new OAuthError('invalid_client')
  const secrets = basic?.secrets ?? [formSecret]
  if (!secrets.some((each) => isClientSecret(client, each))) {
    throw new OAuthError('invalid_client', 'invalid_client_secret')
  }
  return client
}

/**
 * RFC 6749, 2.3.1: both halves are form-encoded before they are joined. Many clients leave that out, so a secret
 * with a plus sign is tried as it is too.
 */
function basicCredentials(
  header: string | undefined,
): { readonly id: string; readonly secrets: readonly (string | undefined)[] } | undefined {
  const encoded = /^basic +([\w+/=-]+) *$/i.exec(header ?? '')?.[1]
  if (encoded === undefined) return undefined
  const text = Buffer.from(encoded, 'base64').toString('utf8')
  const colon = text.indexOf(':')
  if (colon === -1) throw new OAuthError('invalid_client')
  const secret = text.slice(colon + 1)
  return {
    id: formDecoded(text.slice(0, colon)),
    secrets: secret === '' ? [undefined] : [secret, formDecoded(secret)],
  }
}

function formDecoded(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '))
  } catch {
    return text // not encoded, or damaged: it will be compared as it is
  }
}
