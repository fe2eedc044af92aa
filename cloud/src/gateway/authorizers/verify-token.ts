import { createHash, verify, type KeyObject } from 'node:crypto'
import { tokenBytesMax, verifiedTokensMax } from '../limits.ts'
import type { Issuer } from '../ports.ts'

type Claims = Readonly<Record<string, unknown>>

/** A token whose signature, issuer and use have been verified; its times must still be looked at. */
export type VerifiedToken = {
  readonly claims: Claims
  readonly publicKey: KeyObject
  /** What an authorizer has made of the claims, kept so that a hot path makes it once. */
  shown: unknown
}

export type TokenProblem =
  | 'malformed'
  | 'algorithm'
  | 'issuer'
  | 'key'
  | 'signature'
  | 'use'
  | 'expired'
  | 'early'

/** In the words of a JWT authorizer's `www-authenticate` header. */
export const problemSentences: Readonly<Record<TokenProblem, string>> = {
  malformed: 'the token is malformed',
  algorithm: 'the signing method is invalid',
  issuer: 'the token does not have a valid issuer',
  key: 'the token is signed by an unknown key',
  signature: 'the signature is invalid',
  use: 'the token is signed by a key for another use',
  expired: 'the token has expired',
  early: 'the token is not valid yet',
}

/** Verifies a token's RS256 signature, issuer, use and times. */
export type VerifyToken = (
  token: string,
  issuer: Issuer,
  nowMs: number,
) => VerifiedToken | TokenProblem

/**
 * Makes a verifier with a memory of its own: a token that has been verified costs a hash, not an RSA operation,
 * until it expires or its issuer drops the key. Only tokens with a good signature are remembered, by hash, a
 * bounded number of them, least recently used first out.
 *
 * Refused: every algorithm but RS256 (`none` and HS256 above all), critical extensions, a key id that the issuer
 * does not have, an issuer other than the key's, a `token_use` other than the key's.
 */
export function tokenVerifier(): VerifyToken {
  const verified = new Map<string, VerifiedToken>()
  return (token, issuer, nowMs) => {
    if (token.length > tokenBytesMax) return 'malformed'
    const hash = createHash('sha256').update(token).digest('base64')
    const known = verified.get(hash)
    if (known !== undefined) {
      verified.delete(hash)
      const current = issuer.keys.some(({ publicKey }) => publicKey === known.publicKey)
      if (current && issuer.issuers.includes(String(known.claims['iss']))) {
        const problem = timeProblem(known.claims, nowMs)
        if (problem !== undefined) return problem
        verified.set(hash, known)
        return known
      }
    }
    const fresh = verifySignature(token, issuer)
    if (typeof fresh === 'string') return fresh
    const problem = timeProblem(fresh.claims, nowMs)
    if (problem !== undefined) return problem
    if (verified.size >= verifiedTokensMax) dropOldest(verified)
    verified.set(hash, fresh)
    return fresh
  }
}

function dropOldest(map: Map<string, unknown>): void {
  for (const key of map.keys()) {
    map.delete(key)
    return
  }
}

/** `iss` as the token claims it, unverified: only to choose whose keys to try. */
export function claimedIssuer(token: string): string | undefined {
  const iss = jsonPart(token.split('.', 2)[1] ?? '')?.['iss']
  return typeof iss === 'string' ? iss : undefined
}

function verifySignature(token: string, issuer: Issuer): VerifiedToken | TokenProblem {
  const parts = token.split('.')
  const [head = '', payload = '', signature = ''] = parts
  const header = jsonPart(head)
  const claims = jsonPart(payload)
  if (parts.length !== 3 || header === undefined || claims === undefined) return 'malformed'
  if (header['alg'] !== 'RS256') return 'algorithm'
  if (header['crit'] !== undefined || signature === '') return 'malformed'
  if (typeof claims['iss'] !== 'string' || !issuer.issuers.includes(claims['iss'])) return 'issuer'
  const key = issuer.keys.find(({ kid }) => kid === header['kid'])
  if (key === undefined || key.publicKey.asymmetricKeyType !== 'rsa') return 'key'
  const signed = Buffer.from(`${head}.${payload}`)
  const bytes = Buffer.from(signature, 'base64url')
  if (!verify('RSA-SHA256', signed, key.publicKey, bytes)) return 'signature'
  if (key.tokenUse !== undefined && claims['token_use'] !== key.tokenUse) return 'use'
  return { claims, publicKey: key.publicKey, shown: undefined }
}

function jsonPart(part: string): Claims | undefined {
  if (!/^[A-Za-z0-9_-]+$/.test(part)) return undefined
  try {
    const value: unknown = JSON.parse(Buffer.from(part, 'base64url').toString())
    return value !== null && typeof value === 'object' && !Array.isArray(value)
      ? (value as Claims) // a JSON object: its members are looked at one by one
      : undefined
  } catch {
    return undefined
  }
}

/** A token must expire; `nbf` and `iat` must not lie ahead. */
function timeProblem(claims: Claims, nowMs: number): TokenProblem | undefined {
  const now = nowMs / 1000
  const { exp, nbf, iat } = claims
  if (typeof exp !== 'number') return 'malformed'
  if (exp <= now) return 'expired'
  if (nbf !== undefined && (typeof nbf !== 'number' || nbf > now)) return 'early'
  if (iat !== undefined && (typeof iat !== 'number' || iat > now)) return 'early'
  return undefined
}
