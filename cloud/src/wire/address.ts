import { isIP } from 'node:net'

/** The host of a `Host` header or of an origin, without its port and brackets, in lower case. */
export function hostnameOf(authority: string): string {
  const text = authority.trim().toLowerCase()
  if (text.startsWith('[')) return text.slice(1, Math.max(1, text.indexOf(']')))
  const colon = text.indexOf(':')
  const name = colon === -1 || colon !== text.lastIndexOf(':') ? text : text.slice(0, colon)
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
