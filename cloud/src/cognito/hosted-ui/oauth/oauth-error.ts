import type { HttpResponse } from '../../../kernel/index.ts'

/** The codes of RFC 6749 and RFC 7009 that Cognito uses ("Token endpoint", "Revoke endpoint"). */
export type OAuthCode =
  | 'invalid_request'
  | 'invalid_client'
  | 'invalid_grant'
  | 'unauthorized_client'
  | 'unsupported_grant_type'
  | 'unsupported_token_type'
  | 'invalid_scope'
  | 'temporarily_unavailable'

/** A refusal that an application's server is told as JSON. */
export class OAuthError extends Error {
  override readonly name = 'OAuthError'
  readonly code: OAuthCode
  readonly status: number
  readonly description: string | undefined
  constructor(code: OAuthCode, description?: string, status = 400) {
    super(description ?? code)
    this.code = code
    this.description = description
    this.status = status
  }
}

/** JSON that no cache keeps. Applications in browsers may read it: nothing here rests on cookies. */
export const oauthJson = (
  status: number,
  body: object | undefined,
  headers: Readonly<Record<string, string>> = {},
): HttpResponse => ({
  status,
  headers: {
    'content-type': 'application/json;charset=UTF-8',
    'cache-control': 'no-store',
    pragma: 'no-cache',
    'x-content-type-options': 'nosniff',
    'access-control-allow-origin': '*',
    ...headers,
  },
  body: body === undefined ? '' : JSON.stringify(body),
})

export const oauthRefusal = ({ code, status, description }: OAuthError): HttpResponse =>
  oauthJson(
    status,
    { error: code, ...(description === undefined ? {} : { error_description: description }) },
    status === 429 ? { 'retry-after': '1' } : {},
  )
