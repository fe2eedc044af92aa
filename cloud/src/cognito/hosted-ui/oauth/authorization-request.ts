import type { Client } from '../../pools/pool.ts'
import { scopeExists } from '../../pools/resource-servers.ts'
import type { PageCall } from '../page-call.ts'

/** What an application asks for when it sends a person to sign in ("Authorize endpoint", "Login endpoint"). */
export type AuthorizationRequest = {
  readonly client: Client
  readonly redirectUri: string
  readonly responseType: 'code' | 'token'
  readonly scopes: readonly string[]
  readonly state?: string
  readonly nonce?: string
  /** PKCE, S256. */
  readonly codeChallenge?: string
  readonly prompt: readonly string[]
  readonly loginHint?: string
}

/** Why a request is told to the person, not to the application: there is nowhere safe to send it. */
export type Refusal = 'unknownClient' | 'redirectMismatch' | 'loginUnavailable'

export type ParsedRequest =
  | { readonly kind: 'valid'; readonly request: AuthorizationRequest }
  | { readonly kind: 'refused'; readonly refusal: Refusal }
  /** An error that the application is told at its registered address. */
  | { readonly kind: 'redirect'; readonly location: string }

/** Parameters that stay in the address from page to page. */
const keptParameters = [
  'client_id',
  'response_type',
  'redirect_uri',
  'scope',
  'state',
  'nonce',
  'code_challenge',
  'code_challenge_method',
  'login_hint',
  'lang',
] as const

const prompts = ['none', 'login', 'select_account', 'consent']
const challengeForm = /^[\w-]{43}$/

/**
 * Checks a request to sign in. The client and its callback come first: until they are known to belong together
 * no error leaves this server, because a redirect to an unregistered address would be an open one.
 */
export function parseAuthorizationRequest(call: PageCall): ParsedRequest {
  const { ctx, pool, query } = call
  const reader = ctx.store.reader
  const client = ctx.pools.client(reader, only(query, 'client_id') ?? '')
  if (client === undefined || client.UserPoolId !== pool.id) return refused('unknownClient')
  const redirectUri = only(query, 'redirect_uri') ?? ''
  if (!(client.CallbackURLs ?? []).includes(redirectUri)) return refused('redirectMismatch')
  if (client.SupportedIdentityProviders?.includes('COGNITO') !== true) {
    return refused('loginUnavailable')
  }

  const responseType = only(query, 'response_type')
  const state = only(query, 'state')
  const error = (code: string, description?: string): ParsedRequest => ({
    kind: 'redirect',
    location: callbackWith(redirectUri, responseType === 'token' ? 'fragment' : 'query', {
      error: code,
      ...(description === undefined ? {} : { error_description: description }),
      ...(state === undefined ? {} : { state }),
    }),
  })
  const repeated = [...new Set(query.keys())].find((name) => query.getAll(name).length > 1)
  if (repeated !== undefined) return error('invalid_request', `${repeated} is repeated`)
  if (responseType !== 'code' && responseType !== 'token') return error('invalid_request')
  if (!mayUse(client, responseType)) return error('unauthorized_client')
  const scopes = requestedScopes(call, client)
  if (scopes === undefined) return error('invalid_scope')
  const prompt = (only(query, 'prompt') ?? '').split(' ').filter((each) => each !== '')
  const alone = prompt.length === 1 || !prompt.includes('none')
  if (!alone || prompt.some((each) => !prompts.includes(each))) return error('invalid_request')
  const codeChallenge = only(query, 'code_challenge')
  if (!isPkce(codeChallenge, only(query, 'code_challenge_method'))) return error('invalid_request')

  const nonce = only(query, 'nonce')
  const loginHint = only(query, 'login_hint')
  const request: AuthorizationRequest = {
    client,
    redirectUri,
    responseType,
    scopes,
    prompt,
    ...(state === undefined ? {} : { state }),
    ...(nonce === undefined ? {} : { nonce }),
    ...(codeChallenge === undefined ? {} : { codeChallenge }),
    ...(loginHint === undefined ? {} : { loginHint }),
  }
  return { kind: 'valid', request }
}

const refused = (refusal: Refusal): ParsedRequest => ({ kind: 'refused', refusal })

/** A parameter's value; one that is empty counts as absent, of one that is repeated the first is meant. */
const only = (query: URLSearchParams, name: string): string | undefined =>
  query.get(name) || undefined

const mayUse = (client: Client, responseType: 'code' | 'token'): boolean =>
  client.AllowedOAuthFlowsUserPoolClient &&
  (client.AllowedOAuthFlows ?? []).includes(responseType === 'code' ? 'code' : 'implicit')

/** PKCE by S256 or not at all: Cognito takes no plain challenges. */
const isPkce = (challenge: string | undefined, method: string | undefined): boolean =>
  challenge === undefined
    ? method === undefined || method === 'S256'
    : method === 'S256' && challengeForm.test(challenge)

/** "Scopes, M2M, and APIs": all of the client's where none is named; what OIDC adds needs `openid`. */
function requestedScopes(call: PageCall, client: Client): readonly string[] | undefined {
  const allowed = client.AllowedOAuthScopes ?? []
  const named = (only(call.query, 'scope') ?? '').split(' ').filter((each) => each !== '')
  const scopes = [...new Set(named.length === 0 ? allowed : named)]
  const { ctx, pool } = call
  const known = (each: string): boolean => scopeExists(ctx.store.reader, pool.id, each)
  if (!scopes.every((each) => allowed.includes(each) && known(each))) return undefined
  const needsOpenid = scopes.some((each) => ['email', 'phone', 'profile'].includes(each))
  return needsOpenid && !scopes.includes('openid') ? undefined : scopes
}

/** A callback's address with what the application is told. */
export function callbackWith(
  redirectUri: string,
  where: 'query' | 'fragment',
  parameters: Readonly<Record<string, string>>,
): string {
  const told = new URLSearchParams(parameters).toString()
  if (where === 'fragment') return `${redirectUri}#${told}`
  return `${redirectUri}${redirectUri.includes('?') ? '&' : '?'}${told}`
}

/** The parameters of a sign-in for the next page's address, encoded; `changes` replace some. */
export function keptQuery(
  query: URLSearchParams,
  changes: Readonly<Record<string, string>> = {},
): string {
  const kept = new URLSearchParams()
  for (const name of keptParameters) {
    const value = Object.hasOwn(changes, name) ? changes[name] : query.get(name)
    if (value) kept.set(name, value)
  }
  return kept.toString()
}
