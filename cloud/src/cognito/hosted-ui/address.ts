import type { HttpRequest } from '../../kernel/index.ts'

/**
 * Where a pool's pages are served, for a domain `people` in us-east-1:
 *
 *     on AWS           https://people.auth.us-east-1.amazoncognito.com/oauth2/authorize
 *     here, by path    http://localhost:4566/_cognito/people/oauth2/authorize
 *     here, by name    http://people.auth.localhost:4566/oauth2/authorize
 *                      http://people.auth.us-east-1.localhost:4566/oauth2/authorize
 *
 * The form by path needs no names and is the one that discovery documents show. AWS's own host name is
 * understood too, for who points it at this machine and allows it. A domain of one's own
 * (`CustomDomainConfig`) is served by path: `/_cognito/auth.example.com/login`.
 */
export type PageAddress = {
  readonly domain: string
  /** What stands before the page's path: empty where the host names the domain. */
  readonly base: string
  /** For example `/oauth2/authorize`. */
  readonly path: string
  readonly query: string
}

const byPath = /^\/_cognito\/([a-z0-9.-]{1,63})(\/[^?]*)?(?:\?(.*))?$/s
const byHost =
  /^([a-z0-9-]{1,63})\.auth\.(?:[a-z0-9-]+\.)?(?:localhost|amazoncognito\.com)(?::\d+)?$/

/** The page that a request asks for, or undefined when it is for something else on the AWS endpoint. */
export function pageAddress(request: HttpRequest): PageAddress | undefined {
  const { target } = request
  if (target.startsWith('/_cognito/')) {
    const [, domain, path = '/', query = ''] = byPath.exec(target) ?? []
    return domain === undefined ? undefined : { domain, base: `/_cognito/${domain}`, path, query }
  }
  const host = request.headers['host']
  if (host === undefined || !host.includes('.auth.')) return undefined
  const domain = byHost.exec(host.toLowerCase())?.[1]
  if (domain === undefined) return undefined
  const end = target.indexOf('?')
  return {
    domain,
    base: '',
    path: end === -1 ? target : target.slice(0, end),
    query: end === -1 ? '' : target.slice(end + 1),
  }
}

/** The address of a domain's pages by path, without a slash at its end. */
export const pagesOf = (endpoint: string, domain: string): string =>
  `${endpoint.replace(/\/$/, '')}/_cognito/${domain}`
