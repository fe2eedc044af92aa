import { isIP } from 'node:net'

/**
 * The host of a `Host` header, of an origin or of an option, without its port and brackets, in lower case; empty
 * for text of another form, which is no name that anything allows.
 */
export function hostnameOf(authority: string): string {
  const text = authority.trim().toLowerCase()
  if (isIP(text) !== 0) return text
  const match = /^(?:\[([^\]]*)\]|([^:]*))(?::\d*)?$/.exec(text)
  const name = match?.[1] ?? match?.[2] ?? ''
  return name.endsWith('.') ? name.slice(0, -1) : name
}

/** Names that a browser resolves to this machine whatever a name server says, and this machine's own addresses. */
export function isLoopback(hostname: string): boolean {
  if (hostname === 'localhost' || hostname.endsWith('.localhost')) return true
  const kind = isIP(hostname)
  if (kind === 4) return hostname.startsWith('127.')
  return kind === 6 && (hostname === '::1' || hostname.startsWith('::ffff:127.'))
}

/** Addresses that mean "every interface". */
export const isEveryInterface = (host: string): boolean =>
  host === '0.0.0.0' || host === '::' || host === ''

export const isAddress = (hostname: string): boolean => isIP(hostname) !== 0
