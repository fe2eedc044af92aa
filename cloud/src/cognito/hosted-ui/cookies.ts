import { hostedSessionMs } from '../limits.ts'

/** The sign-in kept for an hour, and the secret that forms are tied to. */
export const sessionCookie = 'cognito'
export const csrfCookie = 'XSRF-TOKEN'

/** Cookies of a request by name; of several of one name the first, which has the longest path (RFC 6265). */
export function readCookies(header: string | undefined): ReadonlyMap<string, string> {
  const cookies = new Map<string, string>()
  // Wire joins repeated headers by a comma; cookies of ours hold neither commas nor semicolons.
  for (const pair of (header ?? '').split(/[;,]/)) {
    const equals = pair.indexOf('=')
    const name = pair.slice(0, Math.max(0, equals)).trim()
    if (name !== '' && !cookies.has(name)) cookies.set(name, pair.slice(equals + 1).trim())
  }
  return cookies
}

/**
 * A cookie for a domain's pages alone. `Lax`, because a sign-in begins with a link from the application's page;
 * no `Secure`, because this endpoint speaks plain HTTP on one machine.
 */
export const setCookie = (name: string, value: string, base: string): string =>
  `${name}=${value}; Path=${pathOf(base)}; Max-Age=${hostedSessionMs / 1000}; HttpOnly; SameSite=Lax`

export const clearCookie = (name: string, base: string): string =>
  `${name}=; Path=${pathOf(base)}; Max-Age=0; HttpOnly; SameSite=Lax`

const pathOf = (base: string): string => (base === '' ? '/' : base)
