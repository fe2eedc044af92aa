import type { HttpMount, HttpRequest, HttpResponse } from '../../kernel/index.ts'
import {
  password,
  poolWithUser,
  testCognito,
  type Answer,
  type TestCognito,
} from '../test-cognito.ts'

export const callback = 'https://app.example.com/callback'
export const origin = 'http://localhost:4566'

/** A pool with pages at `/_cognito/people`, an app client for every user grant, and a confirmed user `ana`. */
export async function testPages(
  options: { pool?: object; client?: object; test?: TestCognito } = {},
) {
  const test = options.test ?? testCognito()
  const made = await poolWithUser(test, {
    ...(options.pool === undefined ? {} : { pool: options.pool }),
    client: {
      ClientName: 'Parcel desk',
      ExplicitAuthFlows: ['ALLOW_REFRESH_TOKEN_AUTH'],
      SupportedIdentityProviders: ['COGNITO'],
      AllowedOAuthFlowsUserPoolClient: true,
      AllowedOAuthFlows: ['code', 'implicit'],
      AllowedOAuthScopes: ['openid', 'email', 'profile'],
      CallbackURLs: [callback, 'myapp://signed-in'],
      LogoutURLs: ['https://app.example.com/bye'],
      ...options.client,
    },
  })
  await test.call('CreateUserPoolDomain', { UserPoolId: made.poolId, Domain: 'people' })
  const mounts = test.cognito.services.filter((each): each is HttpMount => each.kind === 'http')

  async function send(request: Partial<HttpRequest> & { target: string }): Promise<PageResponse> {
    const whole: HttpRequest = {
      method: 'GET',
      body: Buffer.alloc(0),
      remoteAddress: '127.0.0.1',
      ...request,
      headers: { host: 'localhost:4566', ...request.headers },
    }
    const mount = mounts.find((each) => each.match(whole))
    if (mount === undefined) throw new Error(`Nothing answers ${request.target}.`)
    const response = await mount.handle(whole)
    return {
      ...response,
      text: String(response.body),
      location: String(response.headers['location'] ?? ''),
    }
  }

  /** The parameters of a usual request to sign in. */
  const query = (changes: Readonly<Record<string, string>> = {}): string =>
    new URLSearchParams({
      client_id: made.clientId,
      response_type: 'code',
      redirect_uri: callback,
      scope: 'openid email',
      state: 'kept',
      ...changes,
    }).toString()

  return {
    ...made,
    test,
    send,
    query,
    token: (
      form: Readonly<Record<string, string>>,
      headers: Readonly<Record<string, string>> = {},
    ) =>
      send({
        target: '/_cognito/people/oauth2/token',
        method: 'POST',
        headers: { 'content-type': 'application/x-www-form-urlencoded', ...headers },
        body: Buffer.from(new URLSearchParams(form).toString()),
      }),
    browser: () => browserOf(send),
    /** Signs ana in and returns the callback's address. */
    async signedIn(changes: Readonly<Record<string, string>> = {}): Promise<URL> {
      const browser = browserOf(send)
      const login = await browser.get(`/_cognito/people/login?${query(changes)}`)
      const landed = await browser.submit(login, { username: 'ana', password })
      return new URL(landed.location)
    },
  }
}

export type PageResponse = HttpResponse & { readonly text: string; readonly location: string }
export type TestPages = Awaited<ReturnType<typeof testPages>>

/** Keeps cookies and sends the forms that it is shown. */
function browserOf(
  send: (request: Partial<HttpRequest> & { target: string }) => Promise<PageResponse>,
) {
  const cookies = new Map<string, string>()
  async function go(request: Partial<HttpRequest> & { target: string }): Promise<PageResponse> {
    const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ')
    const answer = await send({ ...request, headers: { cookie, ...request.headers } })
    for (const line of [answer.headers['set-cookie'] ?? []].flat()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? []
      if (value === '') cookies.delete(name)
      else cookies.set(name, value)
    }
    return answer
  }
  return {
    cookies,
    go,
    get: (target: string) => go({ target }),
    post: (target: string, form: Readonly<Record<string, string>>, headers = {}) =>
      go({
        target,
        method: 'POST',
        headers: { 'content-type': 'application/x-www-form-urlencoded', origin, ...headers },
        body: Buffer.from(new URLSearchParams(form).toString()),
      }),
    submit(page: PageResponse, fields: Readonly<Record<string, string>>) {
      const { action, values } = formIn(page.text)
      return this.post(action, { ...values, ...fields })
    },
  }
}

/** The first form of a page: where it goes and what it holds. */
export function formIn(text: string): { action: string; values: Record<string, string> } {
  const [, action = '', content = ''] =
    /<form method="post" action="([^"]*)">([\s\S]*?)<\/form>/.exec(text) ?? []
  const values = [...content.matchAll(/<input[^>]*>/g)].map(([tag]) => {
    const of = (name: string): string =>
      plain(new RegExp(`\\s${name}="([^"]*)"`).exec(tag)?.[1] ?? '')
    return [of('name'), of('value')] as const
  })
  return { action: plain(action), values: Object.fromEntries(values) }
}

const plain = (text: string): string =>
  text
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&#39;', "'")
    .replaceAll('&#96;', '`')
    .replaceAll('&amp;', '&')

/** The claims of a token, unverified: signatures are checked by other tests. */
export const claimsIn = (token: string): Answer =>
  JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString('utf8'))
