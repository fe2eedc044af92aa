import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { password } from '../test-cognito.ts'
import { callback, claimsIn, testPages, type TestPages } from './test-pages.ts'

const verifier = 'a-verifier-of-more-than-forty-three-letters-0123'
const challenge = createHash('sha256').update(verifier).digest('base64url')
const pkce = { code_challenge: challenge, code_challenge_method: 'S256' }

async function codeOf(pages: TestPages, changes: Readonly<Record<string, string>> = {}) {
  return (await pages.signedIn(changes)).searchParams.get('code') ?? ''
}

const exchange = (pages: TestPages, code: string, changes: Readonly<Record<string, string>> = {}) =>
  pages.token({
    grant_type: 'authorization_code',
    client_id: pages.clientId,
    code,
    redirect_uri: callback,
    ...changes,
  })

describe('/oauth2/token with a code', () => {
  it('gives id, access and refresh tokens with the claims of an OAuth sign-in', async () => {
    const pages = await testPages()
    const code = await codeOf(pages, { nonce: 'n-1', ...pkce })

    const answer = await exchange(pages, code, { code_verifier: verifier })
    const tokens = JSON.parse(answer.text)
    const id = claimsIn(tokens.id_token)
    const access = claimsIn(tokens.access_token)

    expect(answer.status).toBe(200)
    expect(answer.headers).toMatchObject({ 'cache-control': 'no-store' })
    expect(Object.keys(tokens)).toEqual([
      'id_token',
      'access_token',
      'refresh_token',
      'expires_in',
      'token_type',
    ])
    const hash = createHash('sha256').update(tokens.access_token).digest()
    expect(id).toMatchObject({
      nonce: 'n-1',
      at_hash: hash.subarray(0, 16).toString('base64url'),
      aud: pages.clientId,
      'cognito:username': 'ana',
      token_use: 'id',
    })
    expect(access).toMatchObject({ version: 2, scope: 'openid email', client_id: pages.clientId })
    expect(access.origin_jti).toBe(id.origin_jti)

    const again = JSON.parse(
      (
        await pages.token({
          grant_type: 'refresh_token',
          client_id: pages.clientId,
          refresh_token: tokens.refresh_token,
        })
      ).text,
    )
    expect(again.refresh_token).toBeUndefined()
    expect(claimsIn(again.access_token)).toMatchObject({ version: 2, scope: 'openid email' })
    expect(claimsIn(again.id_token).nonce).toBeUndefined()
  })

  it('takes a code once, within five minutes', async () => {
    const pages = await testPages()
    const [used, late, timely] = [await codeOf(pages), await codeOf(pages), await codeOf(pages)]

    const both = await Promise.all([exchange(pages, used), exchange(pages, used)])
    pages.test.clock.advance(299_999)
    const justInTime = await exchange(pages, timely)
    pages.test.clock.advance(1)
    const tooLate = await exchange(pages, late)

    expect(both.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([200, 400])
    expect(justInTime.status).toBe(200)
    expect(JSON.parse(tooLate.text)).toEqual({ error: 'invalid_grant' })
  })

  it('takes it from the client, for the callback and with the verifier that it was made for', async () => {
    const pages = await testPages()
    const { UserPoolClient: other } = await pages.test.call('CreateUserPoolClient', {
      UserPoolId: pages.poolId,
      ClientName: 'other',
      AllowedOAuthFlowsUserPoolClient: true,
      AllowedOAuthFlows: ['code'],
      AllowedOAuthScopes: ['openid'],
      CallbackURLs: [callback],
    })
    const error = async (changes: Readonly<Record<string, string>>, asked = {}) =>
      JSON.parse((await exchange(pages, await codeOf(pages, asked), changes)).text).error

    expect(await error({ client_id: other.ClientId })).toBe('invalid_grant')
    expect(await error({ redirect_uri: 'myapp://signed-in' })).toBe('invalid_grant')
    expect(await error({}, pkce)).toBe('invalid_grant')
    expect(await error({ code_verifier: `${verifier}x` }, pkce)).toBe('invalid_grant')
    expect(await error({ code_verifier: verifier })).toBe('invalid_grant')
    expect(await error({ code: '' })).toBe('invalid_request')
    expect(await error({ grant_type: 'password' })).toBe('unsupported_grant_type')
    expect(await error({ client_id: 'unknown' })).toBe('invalid_client')
    expect(await error({ client_secret: 'guessed' })).toBe('invalid_client')
  })

  it('gives nothing for a code after its user has signed out everywhere or was disabled', async () => {
    const pages = await testPages()
    const user = { UserPoolId: pages.poolId, Username: 'ana' }
    const first = await codeOf(pages)
    await pages.test.call('AdminUserGlobalSignOut', user)
    const afterSignOut = await exchange(pages, first)
    const second = await codeOf(pages)
    await pages.test.call('AdminDisableUser', user)

    expect(JSON.parse(afterSignOut.text).error).toBe('invalid_grant')
    expect(JSON.parse((await exchange(pages, second)).text).error).toBe('invalid_grant')
  })

  it('authenticates clients that have a secret, by header or form', async () => {
    const pages = await testPages({ client: { ClientSecret: 'a+secret+of+twenty+four+letters' } })
    const secret: string = pages.client.ClientSecret
    const form = async () => ({
      grant_type: 'authorization_code',
      code: await codeOf(pages),
      redirect_uri: callback,
    })
    const basic = (value: string) => ({
      authorization: `Basic ${Buffer.from(value).toString('base64')}`,
    })
    const { clientId: client_id } = pages
    const outcome = async (fields: object, headers = {}) => {
      const { status, text } = await pages.token({ ...(await form()), ...fields }, headers)
      return status === 200 ? 'tokens' : JSON.parse(text).error
    }

    expect(await outcome({ client_id, client_secret: secret })).toBe('tokens')
    expect(await outcome({}, basic(`${client_id}:${secret}`))).toBe('tokens')
    expect(await outcome({ client_id }, basic(`${client_id}:${secret}`))).toBe('tokens')
    expect(await outcome({}, basic(`${client_id}:${encodeURIComponent(secret)}`))).toBe('tokens')
    expect(await outcome({ client_id })).toBe('invalid_client')
    expect(await outcome({ client_id, client_secret: `${secret}x` })).toBe('invalid_client')
    expect(await outcome({}, basic(`${client_id}:${secret}x`))).toBe('invalid_client')
    expect(await outcome({}, basic(`${client_id}:`))).toBe('invalid_client')
    expect(await outcome({}, basic('no colon'))).toBe('invalid_client')
    expect(await outcome({}, basic(`${client_id}:%`))).toBe('invalid_client')
    expect(await outcome({ client_id: 'other' }, basic(`${client_id}:${secret}`))).toBe(
      'invalid_request',
    )
  })

  it('reads nothing but a form without repetitions', async () => {
    const pages = await testPages()
    const json = await pages.token(
      { grant_type: 'authorization_code' },
      { 'content-type': 'application/json' },
    )
    const twice = await pages.send({
      target: '/_cognito/people/oauth2/token',
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: Buffer.from(`client_id=${pages.clientId}&client_id=${pages.clientId}`),
    })

    expect(JSON.parse(json.text).error).toBe('invalid_request')
    expect(JSON.parse(twice.text).error).toBe('invalid_request')
    expect((await pages.send({ target: '/_cognito/people/oauth2/token' })).status).toBe(405)
  })

  it('limits the calls of a client', async () => {
    const pages = await testPages()
    const statuses = new Set<number>()
    for (let count = 0; count < 301; count++) {
      statuses.add((await pages.token({ client_id: pages.clientId })).status)
    }

    expect([...statuses]).toEqual([400, 429])
  })
})

describe('response_type=token', () => {
  it('gives the tokens in the fragment, without a refresh token', async () => {
    const pages = await testPages()

    const landed = await pages.signedIn({ response_type: 'token', nonce: 'n-2' })
    const told = new URLSearchParams(landed.hash.slice(1))

    expect(landed.search).toBe('')
    expect([...told.keys()]).toEqual([
      'id_token',
      'access_token',
      'expires_in',
      'token_type',
      'state',
    ])
    expect(claimsIn(told.get('id_token') ?? '')).toMatchObject({ nonce: 'n-2' })
  })

  it('gives no id token without openid', async () => {
    const pages = await testPages({
      client: { AllowedOAuthScopes: ['aws.cognito.signin.user.admin', 'openid'] },
    })
    const landed = await pages.signedIn({
      response_type: 'code',
      scope: 'aws.cognito.signin.user.admin',
    })

    const answer = await exchange(pages, landed.searchParams.get('code') ?? '')
    expect(JSON.parse(answer.text).access_token).toBeDefined()
    expect(JSON.parse(answer.text).id_token).toBeUndefined()
  })
})

describe('/oauth2/userInfo', () => {
  async function tokensOf(pages: TestPages, scope: string) {
    return JSON.parse((await exchange(pages, await codeOf(pages, { scope }))).text)
  }
  const ask = (pages: TestPages, token: string) =>
    pages.send({
      target: '/_cognito/people/oauth2/userInfo',
      headers: { authorization: `Bearer ${token}` },
    })

  it('tells what the scopes open', async () => {
    const pages = await testPages()
    const attributes = [{ Name: 'nickname', Value: 'Anita' }]
    const user = { UserPoolId: pages.poolId, Username: 'ana', UserAttributes: attributes }
    await pages.test.call('AdminUpdateUserAttributes', user)

    const email = JSON.parse(
      (await ask(pages, (await tokensOf(pages, 'openid email')).access_token)).text,
    )
    const all = JSON.parse((await ask(pages, (await tokensOf(pages, 'openid')).access_token)).text)

    expect(Object.keys(email).toSorted()).toEqual(['email', 'email_verified', 'sub', 'username'])
    expect(email.email_verified).toBe('true')
    expect(all.nickname).toBe('Anita')
  })

  it('refuses id tokens, tokens of the API, of another pool, forged, expired or revoked ones', async () => {
    const pages = await testPages()
    const tokens = await tokensOf(pages, 'openid')
    const other = await testPages({ test: pages.test, client: {} }).catch(() => undefined)
    const forged = `${Buffer.from('{"alg":"none"}').toString('base64url')}.${tokens.access_token.split('.')[1]}.`
    const { UserPoolClient } = await pages.test.call('CreateUserPoolClient', {
      UserPoolId: pages.poolId,
      ClientName: 'api',
      ExplicitAuthFlows: ['ALLOW_USER_PASSWORD_AUTH'],
    })
    const api = await pages.test.call('InitiateAuth', {
      ClientId: UserPoolClient.ClientId,
      AuthFlow: 'USER_PASSWORD_AUTH',
      AuthParameters: { USERNAME: 'ana', PASSWORD: password },
    })

    expect(other).toBeUndefined() // a domain belongs to one pool
    expect((await ask(pages, tokens.access_token)).status).toBe(200)
    expect((await ask(pages, tokens.id_token)).status).toBe(401)
    expect((await ask(pages, forged)).status).toBe(401)
    expect((await ask(pages, 'x')).headers['www-authenticate']).toContain('error="invalid_token"')
    expect((await ask(pages, api.AuthenticationResult.AccessToken)).status).toBe(403)
    expect((await pages.send({ target: '/_cognito/people/oauth2/userInfo' })).status).toBe(400)

    await pages.send({
      target: '/_cognito/people/oauth2/revoke',
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: Buffer.from(`client_id=${pages.clientId}&token=${tokens.refresh_token}`),
    })
    expect((await ask(pages, tokens.access_token)).status).toBe(401)
    const fresh = await tokensOf(pages, 'openid')
    pages.test.clock.advance(3_600_000)
    expect((await ask(pages, fresh.access_token)).status).toBe(401)
  })
})

describe('/oauth2/revoke', () => {
  it('asks for the client, and takes refresh tokens of that client alone', async () => {
    const pages = await testPages({ client: { GenerateSecret: true } })
    const revoke = async (form: Readonly<Record<string, string>>) => {
      const { status, text } = await pages.send({
        target: '/_cognito/people/oauth2/revoke',
        method: 'POST',
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
        body: Buffer.from(new URLSearchParams(form).toString()),
      })
      return `${status} ${text === '' ? 'done' : JSON.parse(text).error}`
    }
    const client = { client_id: pages.clientId, client_secret: pages.client.ClientSecret }
    const tokens = JSON.parse((await exchange(pages, await codeOf(pages), client)).text)

    expect(await revoke({ client_id: pages.clientId, token: tokens.refresh_token })).toBe(
      '401 invalid_client',
    )
    expect(await revoke({ ...client })).toBe('400 invalid_request')
    expect(await revoke({ ...client, token: tokens.access_token })).toBe(
      '400 unsupported_token_type',
    )
    expect(await revoke({ ...client, token: tokens.refresh_token })).toBe('200 done')
    const refreshed = await pages.token({
      ...client,
      grant_type: 'refresh_token',
      refresh_token: tokens.refresh_token,
    })
    expect(JSON.parse(refreshed.text).error).toBe('invalid_grant')
  })
})

describe('app clients', () => {
  it('name scopes that exist and callbacks that lead to an application', async () => {
    const pages = await testPages()
    const create = (client: object) =>
      pages.test.call('CreateUserPoolClient', {
        UserPoolId: pages.poolId,
        ClientName: 'more',
        ...client,
      })

    await expect(create({ AllowedOAuthScopes: ['openid', 'orders/read'] })).rejects.toMatchObject({
      code: 'ScopeDoesNotExistException',
      message: 'Invalid scope requested: orders/read',
    })
    for (const url of ['javascript:alert(1)', 'http://app.example.com/', 'https://a.example/#b']) {
      await expect(create({ CallbackURLs: [url] })).rejects.toMatchObject({
        code: 'InvalidParameterException',
      })
      await expect(create({ LogoutURLs: [url] })).rejects.toMatchObject({
        code: 'InvalidParameterException',
      })
    }
  })
})

describe('domains', () => {
  it('are prefixes without reserved words and dots, or one’s own', async () => {
    const { test } = await testPages()
    const { UserPool } = await test.call('CreateUserPool', { PoolName: 'others' })
    const create = (Domain: string, more = {}) =>
      test.call('CreateUserPoolDomain', { UserPoolId: UserPool.Id, Domain, ...more })
    const CustomDomainConfig = {
      CertificateArn: 'arn:aws:acm:us-east-1:000000000000:certificate/1',
    }

    await expect(create('my-cognito')).rejects.toThrow(
      'Domain cannot contain reserved word: cognito',
    )
    await expect(create('auth.example.com')).rejects.toThrow('needs a CustomDomainConfig')
    await expect(create('people')).rejects.toThrow('already associated with another user pool')
    await expect(create('-people')).rejects.toMatchObject({ code: 'InvalidParameterException' })
    await create('auth.example.com', { CustomDomainConfig })
    const { DomainDescription } = await test.call('DescribeUserPoolDomain', {
      Domain: 'auth.example.com',
    })
    expect(DomainDescription).toMatchObject({ UserPoolId: UserPool.Id, CustomDomainConfig })
  })
})
