import type { HttpRequest, HttpResponse } from '../kernel/index.ts'
import { hostnameOf, isAddress, isEveryInterface, isLoopback } from './address.ts'
import { verdictsMax } from './limits.ts'

type GuardOptions = {
  /** The address that the server listens on. */
  readonly host: string
  /** Further names by which the server may be called, for example `host.docker.internal`; `*` takes any. */
  readonly allowedHosts?: readonly string[]
  /** Origins of web pages that may call, for example `http://localhost:5173`; `*` takes any. */
  readonly allowedOrigins?: readonly string[]
  /** Ports of the cloud itself: pages served from them on this machine may call. */
  readonly ownPorts?: () => readonly number[]
  /**
   * `control` (default): the AWS endpoint, which anyone's credentials open; no foreign web page may drive it.
   * `public`: the front door, see {@link createGuard}.
   */
  readonly kind?: 'control' | 'public'
  /** Claims requests that a link on any page may lead to, such as a sign-in page. */
  readonly mayNavigate?: (request: HttpRequest) => boolean
}

/** Answers a request that must not be served, before its body is read; undefined lets it pass. */
export type Guard = (request: HttpRequest) => HttpResponse | undefined

/**
 * Keeps web pages from driving a server on the developer's machine.
 *
 * - `Host` must be a loopback name or address, `*.localhost`, the configured host or on the allow-list: a name
 *   that a hostile name server points at 127.0.0.1 (DNS rebinding) is none of them. A server that listens on
 *   every interface also answers to literal addresses, which cannot be rebound.
 * - `Origin`, and `Sec-Fetch-Site` for requests without one (images, forms, scripts), must not show a page of
 *   another site. The only exception are links (top-level GET navigations) to pages that {@link
 *   GuardOptions.mayNavigate} names.
 *
 * The front door (`public`) checks `Host` only, unless `allowedOrigins` is given: its APIs are meant for
 * browsers, hold no cookies of ours and send their own CORS headers. What a hostile page can do there is what
 * it could do to the same API on AWS: send simple requests to public routes without seeing the answers. A
 * list of origins closes that too.
 */
export function createGuard(options: GuardOptions): Guard {
  const hosts = remembered((value) => hostAllowed(value, options))
  const checksOrigin = options.kind !== 'public' || options.allowedOrigins !== undefined
  return (request) => {
    const { host, origin } = request.headers
    if (host !== undefined && !hosts(host)) return refusal(hostSentence(host))
    if (!checksOrigin) return undefined
    if (origin !== undefined) {
      return originAllowed(origin, options) ? undefined : refusal(originSentence(origin))
    }
    const site = request.headers['sec-fetch-site']
    if (site === undefined || site === 'same-origin' || site === 'none') return undefined
    return isNavigation(request) && options.mayNavigate?.(request) === true
      ? undefined
      : refusal(originSentence(`a page of another site (sec-fetch-site: ${shown(site)})`))
  }
}

/** Remembers verdicts on the few values that come again and again. */
function remembered(judge: (value: string) => boolean): (value: string) => boolean {
  const verdicts = new Map<string, boolean>()
  return (value) => {
    const known = verdicts.get(value)
    if (known !== undefined) return known
    if (verdicts.size >= verdictsMax) verdicts.clear()
    const verdict = judge(value)
    verdicts.set(value, verdict)
    return verdict
  }
}

function hostAllowed(authority: string, options: GuardOptions): boolean {
  const hostname = hostnameOf(authority)
  if (hostname === '') return false
  if (isLoopback(hostname) || hostname === hostnameOf(options.host)) return true
  if (isEveryInterface(options.host) && isAddress(hostname)) return true
  const allowed = options.allowedHosts ?? []
  return allowed.some((each) => each === '*' || hostnameOf(each) === hostname)
}

function originAllowed(origin: string, options: GuardOptions): boolean {
  const allowed = options.allowedOrigins ?? []
  if (allowed.includes('*') || allowed.includes(origin)) return true
  if (!URL.canParse(origin)) return false
  const url = new URL(origin)
  if (url.protocol !== 'http:' || !isLoopback(hostnameOf(url.host))) return false
  const port = url.port === '' ? 80 : Number(url.port)
  return options.ownPorts?.().includes(port) === true
}

const isNavigation = ({ method, headers }: HttpRequest): boolean =>
  method === 'GET' &&
  headers['sec-fetch-mode'] === 'navigate' &&
  headers['sec-fetch-dest'] === 'document'

const shown = (text: string): string => JSON.stringify(text.slice(0, 200)).slice(1, -1)

const hostSentence = (host: string): string =>
  `The host name ${shown(host)} is not one of this cloud. Use localhost, or allow the name with --allow-host.`

const originSentence = (origin: string): string =>
  `Web pages may not call this endpoint: the request comes from ${shown(origin)}. Allow an origin with --allow-origin.`

const refusal = (message: string): HttpResponse => ({
  status: 403,
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify({ __type: 'AccessDeniedException', message }),
})
