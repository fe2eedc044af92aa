import { createHash } from 'node:crypto'
import type { HttpRequest } from '../../kernel/index.ts'
import { splitTarget } from '../call.ts'
import type { Signature } from './read-signature.ts'

/**
 * The text that is signed: method, path, query, signed headers and the body's hash, each in one spelling (IAM,
 * "Create a signed AWS API request", "Create a canonical request").
 */
export function canonicalRequest(
  request: HttpRequest,
  { signedHeaders, expiresSeconds }: Signature,
): string {
  const { path, query } = splitTarget(request.target)
  const presigned = expiresSeconds !== undefined
  return [
    request.method,
    canonicalPath(path),
    canonicalQuery(query, presigned),
    ...signedHeaders.map((name) => `${name}:${headerValue(request.headers, name)}`),
    '',
    signedHeaders.join(';'),
    createHash('sha256').update(request.body).digest('hex'),
  ].join('\n')
}

/** RFC 3986: all but letters, digits and `-._~` as `%XX`. */
const encode = (text: string): string =>
  encodeURIComponent(text).replaceAll(
    /[!'()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  )

/** Normalized, and encoded once more than it was sent, as every service but S3 has it. */
function canonicalPath(path: string): string {
  const segments: string[] = []
  for (const segment of path.split('/')) {
    if (segment === '..') segments.pop()
    else if (segment !== '' && segment !== '.') segments.push(segment)
  }
  const end = segments.length > 0 && path.endsWith('/') ? '/' : ''
  return `/${segments.map(encode).join('/')}${end}`
}

/** Sorted by name and value; a signature that stands in the query is not part of what is signed. */
function canonicalQuery(query: string, presigned: boolean): string {
  if (query === '') return ''
  return [...new URLSearchParams(query)]
    .filter(([name]) => !presigned || name !== 'X-Amz-Signature')
    .map(([name, value]) => [encode(name), encode(value)] as const)
    .sort(([aName, aValue], [bName, bValue]) => order(aName, bName) || order(aValue, bValue))
    .map(([name, value]) => `${name}=${value}`)
    .join('&')
}

const order = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)

const headerValue = (headers: HttpRequest['headers'], name: string): string =>
  Object.hasOwn(headers, name) ? (headers[name] ?? '').trim().replaceAll(/\s+/g, ' ') : ''
