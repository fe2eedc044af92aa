import { isIPv4, isIPv6 } from 'node:net'

/**
 * The host of a `Host` header, of an origin or of an option, without its port and brackets, in lower case; empty
 * for text of another form, which is no name that anything allows.
 */
export function hostnameOf(authority: string): string {
  const text = authority.trim().toLowerCase()
  if (kindOf(text) === 6) return text
  const match = /^(?:\[([^\]]*)\]|([^:]*))(?::\d*)?$/.exec(text)
  const name = match?.[1] ?? match?.[2] ?? ''
  return name.endsWith('.') ? name.slice(0, -1) : name
}

/** Names that a browser resolves to this machine whatever a name server says, and this machine's own addresses. */
export function isLoopback(hostname: string): boolean {
  if (hostname === 'localhost' || hostname.endsWith('.localhost')) return true
  const kind = kindOf(hostname)
  if (kind === 4) return hostname.startsWith('127.')
  return kind === 6 && (hostname === '::1' || hostname.startsWith('::ffff:127.'))
}

/** Addresses that mean "every interface". */
export const isEveryInterface = (host: string): boolean =>
  host === '0.0.0.0' || host === '::' || host === ''

export const isAddress = (hostname: string): boolean => kindOf(hostname) !== undefined

/** Which kind of address a text is. What cannot be IPv6 is not asked about: the first question takes 4 ms of a start. */
function kindOf(text: string): 4 | 6 | undefined {
  if (isIPv4(text)) return 4
  return text.indexOf(':') !== text.lastIndexOf(':') && isIPv6(text) ? 6 : undefined
}
