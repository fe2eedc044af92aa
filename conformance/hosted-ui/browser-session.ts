/** A browser without scripts: keeps cookies, reads forms, sends them, follows redirects by hand. */
export function browserSession() {
  const cookies = new Map<string, string>()

  async function go(
    url: string,
    init: { readonly method?: string; readonly body?: URLSearchParams } = {},
  ): Promise<PageAnswer> {
    const response = await fetch(url, {
      ...init,
      redirect: 'manual',
      headers: {
        cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join('; '),
      },
    })
    for (const line of response.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? []
      if (value === '') cookies.delete(name)
      else cookies.set(name, value)
    }
    return {
      url,
      status: response.status,
      headers: response.headers,
      location: response.headers.get('location') ?? '',
      text: await response.text(),
    }
  }

  return {
    cookies,
    go,
    /** Fills in the page's first form and sends it. */
    submit(page: PageAnswer, fields: Readonly<Record<string, string>>): Promise<PageAnswer> {
      const form = /<form method="post" action="([^"]*)">([\s\S]*?)<\/form>/.exec(page.text)
      const [, action = '', content = ''] = form ?? []
      const body = new URLSearchParams()
      for (const [tag] of content.matchAll(/<input[^>]*>/g)) {
        const name = attribute(tag, 'name')
        if (name !== undefined) body.set(name, attribute(tag, 'value') ?? '')
      }
      for (const [name, value] of Object.entries(fields)) body.set(name, value)
      return go(new URL(unescape(action), page.url).href, { method: 'POST', body })
    },
  }
}

export type PageAnswer = {
  readonly url: string
  readonly status: number
  readonly headers: Headers
  readonly location: string
  readonly text: string
}

const attribute = (tag: string, name: string): string | undefined => {
  const found = new RegExp(`\\s${name}="([^"]*)"`).exec(tag)?.[1]
  return found === undefined ? undefined : unescape(found)
}

const unescape = (text: string): string =>
  text
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&#39;', "'")
    .replaceAll('&#96;', '`')
    .replaceAll('&amp;', '&')
