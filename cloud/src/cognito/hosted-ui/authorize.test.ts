import { beforeAll, describe, expect, it } from 'vitest'
import { password } from '../test-cognito.ts'
import { callback, testPages, type TestPages } from './test-pages.ts'

const authorize = '/_cognito/people/oauth2/authorize'

/** For requests that are refused: they leave nothing behind. */
let shared: TestPages
beforeAll(async () => {
  shared = await testPages()
})

describe('/oauth2/authorize', () => {
  it('leads to the sign-in page with the same parameters, and back with a code', async () => {
    const pages = await testPages()
    const browser = pages.browser()

    const first = await browser.get(`${authorize}?${pages.query({ lang: 'es' })}`)
    const login = await browser.get(first.location)
    const landed = await browser.submit(login, { username: 'ana', password })

    expect(first.status).toBe(302)
    expect(first.location).toBe(`/_cognito/people/login?${pages.query({ lang: 'es' })}`)
    expect(login.text).toContain('Inicia sesión')
    expect(landed.status).toBe(302)
    expect(landed.location).toMatch(
      /^https:\/\/app\.example\.com\/callback\?code=[0-9a-f-]{36}&state=kept$/,
    )
  })

  it('leads straight back while the browser is signed in: an hour, until sign-out, unless prompted', async () => {
    const pages = await testPages()
    const browser = pages.browser()
    const login = await browser.get(`/_cognito/people/login?${pages.query()}`)
    await browser.submit(login, { username: 'ana', password })
    const where = async (changes = {}) =>
      (await browser.get(`${authorize}?${pages.query(changes)}`)).location.split('?')[0]

    expect(await where()).toBe(callback)
    expect(await where({ prompt: 'login' })).toBe('/_cognito/people/login')
    pages.test.clock.advance(3_599_000)
    expect(await where({ prompt: 'none' })).toBe(callback)
    pages.test.clock.advance(1_000)
    expect(await where()).toBe('/_cognito/people/login')
  })

  it('ends the session on the server at /logout: a kept copy of the cookie is worth nothing', async () => {
    const pages = await testPages()
    const browser = pages.browser()
    const login = await browser.get(`/_cognito/people/login?${pages.query()}`)
    await browser.submit(login, { username: 'ana', password })
    const copy = browser.cookies.get('cognito') ?? ''

    const bye = await browser.get(
      `/_cognito/people/logout?client_id=${pages.clientId}&logout_uri=https%3A%2F%2Fapp.example.com%2Fbye`,
    )
    const again = await pages.send({
      target: `${authorize}?${pages.query()}`,
      headers: { cookie: `cognito=${copy}` },
    })

    expect(bye.location).toBe('https://app.example.com/bye')
    expect(browser.cookies.has('cognito')).toBe(false)
    expect(again.location).toContain('/login?')
  })

  it('takes no session of a user who was signed out everywhere, disabled or deleted, nor a forged one', async () => {
    const pages = await testPages()
    const ends = ['AdminUserGlobalSignOut', 'AdminDisableUser', 'AdminDeleteUser']
    for (const end of ends) {
      const browser = pages.browser()
      const login = await browser.get(`/_cognito/people/login?${pages.query()}`)
      await browser.submit(login, { username: 'ana', password })

      await pages.test.call(end, { UserPoolId: pages.poolId, Username: 'ana' })
      const after = await browser.get(`${authorize}?${pages.query()}`)
      expect(after.location).toContain('/login?')
      if (end === 'AdminDisableUser') {
        await pages.test.call('AdminEnableUser', { UserPoolId: pages.poolId, Username: 'ana' })
      }
    }
    const browser = pages.browser()
    browser.cookies.set('cognito', Buffer.from('{"sub":"ana"}').toString('base64url'))
    expect((await browser.get(`${authorize}?${pages.query()}`)).location).toContain('/login?')
  })

  it('takes no session that was changed by a letter, or that is of another pool', async () => {
    const pages = await testPages()
    const browser = pages.browser()
    const login = await browser.get(`/_cognito/people/login?${pages.query()}`)
    await browser.submit(login, { username: 'ana', password })
    const cookie = browser.cookies.get('cognito') ?? ''
    const middle = cookie.length >> 1
    const letter = cookie[middle] === 'A' ? 'B' : 'A'
    browser.cookies.set('cognito', cookie.slice(0, middle) + letter + cookie.slice(middle + 1))

    expect((await browser.get(`${authorize}?${pages.query()}`)).location).toContain('/login?')
  })

  it.each([
    [{ prompt: 'none' }, 'error=login_required&state=kept'],
    [{ response_type: 'id_token' }, 'error=invalid_request&state=kept'],
    [{ scope: 'openid phone' }, 'error=invalid_scope&state=kept'],
    [{ scope: 'email' }, 'error=invalid_scope&state=kept'],
    [{ code_challenge: 'x'.repeat(43) }, 'error=invalid_request&state=kept'],
    [
      { code_challenge: 'x'.repeat(43), code_challenge_method: 'plain' },
      'error=invalid_request&state=kept',
    ],
    [
      { code_challenge: 'short', code_challenge_method: 'S256' },
      'error=invalid_request&state=kept',
    ],
    [{ prompt: 'none login' }, 'error=invalid_request&state=kept'],
  ])('tells the application at its own address what is wrong with %j', async (changes, told) => {
    const answer = await shared.send({ target: `${authorize}?${shared.query(changes)}` })

    expect(answer.location).toBe(`${callback}?${told}`)
  })

  it('tells a grant that the client may not use, and a repeated parameter', async () => {
    const pages = await testPages({ client: { AllowedOAuthFlows: ['code'] } })

    const implicit = await pages.send({
      target: `${authorize}?${pages.query({ response_type: 'token' })}`,
    })
    const twice = await pages.send({ target: `${authorize}?${pages.query()}&scope=openid` })

    expect(implicit.location).toBe(`${callback}#error=unauthorized_client&state=kept`)
    expect(twice.location).toContain('error=invalid_request&error_description=scope+is+repeated')
  })

  it.each([
    ['https://app.example.com/callback/', 'a longer path'],
    ['https://app.example.com/callback?x=1', 'a query'],
    ['https://APP.example.com/callback', 'other letters'],
    ['https://app.example.com.evil.example/callback', 'a longer host'],
    ['https://app.example.com@evil.example/callback', 'a user name'],
    ['//evil.example', 'no scheme'],
    ['javascript:alert(1)', 'a script'],
    ['', 'nothing'],
  ])('goes nowhere with a redirect_uri of %s (%s)', async (redirect) => {
    for (const path of ['/oauth2/authorize', '/login', '/signup', '/forgotPassword', '/confirm']) {
      const answer = await shared.send({
        target: `/_cognito/people${path}?${shared.query({ redirect_uri: redirect, prompt: 'none' })}`,
      })

      expect([path, answer.status, answer.location]).toEqual([path, 400, ''])
      expect(answer.text).not.toContain('evil')
      expect(answer.text).not.toContain('javascript:')
    }
  })

  it('goes nowhere for a client that is unknown, of another pool, or without this provider', async () => {
    const pages = await testPages()
    const other = await pages.test.call('CreateUserPool', { PoolName: 'others' })
    const foreign = await pages.test.call('CreateUserPoolClient', {
      UserPoolId: other.UserPool.Id,
      ClientName: 'foreign',
      CallbackURLs: [callback],
      SupportedIdentityProviders: ['COGNITO'],
    })
    const bare = await pages.test.call('CreateUserPoolClient', {
      UserPoolId: pages.poolId,
      ClientName: 'bare',
      CallbackURLs: [callback],
    })
    const ids = ['', 'unknown', '__proto__', foreign.UserPoolClient.ClientId]
    for (const client_id of [...ids, bare.UserPoolClient.ClientId]) {
      const answer = await pages.send({ target: `${authorize}?${pages.query({ client_id })}` })
      expect([client_id, answer.status, answer.location]).toEqual([client_id, 400, ''])
    }
  })
})
