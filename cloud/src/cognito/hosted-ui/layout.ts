import type { HttpResponse } from '../../kernel/index.ts'
import { csrfToken, isCsrfSecret, newCsrfSecret } from './csrf.ts'
import { csrfCookie, setCookie } from './cookies.ts'
import { html, type Html } from './html.ts'
import { languages, textsOf } from './language.ts'
import { keptQuery } from './oauth/authorization-request.ts'
import type { PageCall } from './page-call.ts'
import { styleElement, styleHash } from './style.ts'

export type Page = {
  readonly status?: number
  readonly title: string
  readonly subtitle?: string | undefined
  /** The page's forms get the browser's token by this. */
  readonly body: (csrf: Html) => Html
  readonly problem?: string | undefined
  readonly notice?: string | undefined
  /** Addresses that a form's answer may lead to, besides these pages. */
  readonly leadsTo?: readonly string[]
  /** Whether the page leads to itself in other languages; an error's parameters lead nowhere. */
  readonly translated?: boolean
}

/** A whole page with the headers that keep it safe. */
export function page(call: PageCall, content: Page): HttpResponse {
  const known = call.cookies.get(csrfCookie)
  const secret = isCsrfSecret(known) ? known : newCsrfSecret(call.ctx)
  const token = html`<input
    type="hidden"
    name="_csrf"
    value="${csrfToken(call.ctx, call.pool.id, secret)}"
  />`
  const { text } = document(call, content, content.body(token))
  return {
    status: content.status ?? 200,
    headers: {
      ...pageHeaders(content.leadsTo ?? []),
      'content-language': call.language,
      'set-cookie': secret === known ? [] : [setCookie(csrfCookie, secret, call.address.base)],
    },
    body: `<!doctype html>\n${text}`,
  }
}

/** To another page or to the application, by GET. */
export const redirect = (location: string, cookies: readonly string[] = []): HttpResponse => ({
  status: 302,
  headers: {
    location,
    'cache-control': 'no-store',
    'referrer-policy': 'no-referrer',
    ...(cookies.length === 0 ? {} : { 'set-cookie': cookies }),
  },
  body: '',
})

/**
 * No script, no foreign content, no frame around the page. `form-action` names the application's addresses too,
 * because browsers apply it to the redirect that answers a form. The referrer stays among these pages, but is
 * not withheld from them: browsers would send `Origin: null` with their forms.
 */
const pageHeaders = (leadsTo: readonly string[]): Record<string, string> => ({
  'content-type': 'text/html; charset=utf-8',
  'content-security-policy': [
    `default-src 'none'`,
    `style-src ${styleHash}`,
    `form-action ${["'self'", ...new Set(leadsTo.flatMap(sourceOf))].join(' ')}`,
    `frame-ancestors 'none'`,
    `base-uri 'none'`,
  ].join('; '),
  'x-frame-options': 'DENY',
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'same-origin',
  'cache-control': 'no-store',
  'permissions-policy': 'camera=(), geolocation=(), microphone=()',
})

/** A callback's origin; any port of this machine for a local one, whose server often leads on to a page of another. */
function sourceOf(address: string): string[] {
  if (!URL.canParse(address)) return []
  const { protocol, hostname, origin } = new URL(address)
  // Host names may hold a semicolon, which would begin another directive.
  if (!/^[\w.[\]:-]*$/.test(hostname)) return []
  if (protocol !== 'http:' && protocol !== 'https:') return [protocol]
  const local = hostname === 'localhost' || hostname.endsWith('.localhost')
  return local || hostname === '127.0.0.1'
    ? [origin, 'http://localhost:*', 'http://127.0.0.1:*']
    : [origin]
}

const mark = html`<div class="mark" aria-hidden="true">
  <svg
    width="22"
    height="22"
    viewBox="0 0 24 24"
    fill="none"
    stroke="currentColor"
    stroke-width="2"
    stroke-linecap="round"
    stroke-linejoin="round"
  >
    <rect x="4" y="10.5" width="16" height="10" rx="2.5" />
    <path d="M8 10.5V7a4 4 0 0 1 8 0v3.5" />
    <path d="M12 14.5v2.5" />
  </svg>
</div>`

function document(call: PageCall, content: Page, body: Html): Html {
  const { problem, notice } = content
  return html`<html lang="${call.language}">
    <head>
      <meta charset="utf-8" />
      <meta name="viewport" content="width=device-width, initial-scale=1" />
      <meta name="robots" content="noindex" />
      <title>${problem === undefined ? '' : '⚠ '}${content.title}</title>
      ${styleElement}
    </head>
    <body>
      <main>
        <header>
          ${mark}
          <h1>${content.title}</h1>
          ${content.subtitle === undefined ? undefined : html`<p>${content.subtitle}</p>`}
        </header>
        ${notice === undefined ? undefined : html`<p class="note good" role="status">${notice}</p>`}
        ${
          problem === undefined
            ? undefined
            : html`<p class="note bad" role="alert" id="problem">${problem}</p>`
        }
        ${body}
      </main>
      <footer>
        ${content.translated !== false && languageLinks(call)}
        <p>${textsOf(call.language).footer}</p>
      </footer>
    </body>
  </html>`
}

/** The same page in another language; a page that answered a form leads back to signing in. */
function languageLinks({ address, method, query, language }: PageCall): Html {
  const path = method === 'GET' ? address.path : '/login'
  const link = (each: (typeof languages)[number]): Html => {
    const { languageName } = textsOf(each)
    return each === language
      ? html`<span aria-current="true" lang="${each}">${languageName}</span>`
      : html`<a
          href="${address.base}${path}?${keptQuery(query, { lang: each })}"
          hreflang="${each}"
          lang="${each}"
          >${languageName}</a
        >`
  }
  return html`<nav aria-label="${textsOf(language).languages}">${languages.map(link)}</nav>`
}
