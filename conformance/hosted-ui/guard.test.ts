import { request } from 'node:http'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startUserPools, type UserPools } from '../cognito/user-pools.ts'
import { poolWithPages } from './pool-with-pages.ts'

const callback = 'http://localhost:7999/callback'
let pools: UserPools
let login: string
let clientId: string
beforeAll(async () => {
  pools = await startUserPools()
  const made = await poolWithPages(pools, { domain: 'guarded', callback })
  clientId = made.ClientId
  const query = new URLSearchParams({
    client_id: clientId,
    response_type: 'code',
    redirect_uri: callback,
  })
  login = `login?${query.toString()}`
})
afterAll(() => pools.stop())

/** As a browser sends it, `Host` and fetch metadata included, which `fetch` would not let us set. */
function send(o: {
  readonly path: string
  readonly method?: string
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string
}): Promise<{ status: number; headers: Record<string, unknown>; text: string }> {
  const { hostname, port } = new URL(pools.address)
  const { path, method = 'GET', headers = {}, body } = o
  return new Promise((resolve, reject) => {
    const sent = request({ hostname, port, path, method, headers }, (response) => {
      let text = ''
      response.setEncoding('utf8')
      response.on('data', (part: string) => (text += part))
      response.on('end', () =>
        resolve({ status: response.statusCode ?? 0, headers: response.headers, text }),
      )
    })
    sent.on('error', reject)
    sent.end(body)
  })
}

const linked = {
  'sec-fetch-site': 'cross-site',
  'sec-fetch-mode': 'navigate',
  'sec-fetch-dest': 'document',
}

describe('the sign-in pages on the AWS endpoint', () => {
  it('can be gone to by a link of any site, by path and by host name', async () => {
    const { port } = new URL(pools.address)
    const byPath = await send({ path: `/_cognito/guarded/${login}`, headers: linked })
    const byHost = await send({
      path: `/${login}`,
      headers: { ...linked, host: `guarded.auth.localhost:${port}` },
    })

    expect([byPath.status, byHost.status]).toEqual([200, 200])
    expect(byPath.text).toContain('action="/_cognito/guarded/login?')
    expect(byHost.text).toContain('action="/login?')
    expect(String(byHost.headers['set-cookie'])).toContain('Path=/;')
  })

  it('take no forms, frames or scripted requests from other sites', async () => {
    const path = `/_cognito/guarded/${login}`
    const form = { 'content-type': 'application/x-www-form-urlencoded' }
    const statusOf = async (o: Omit<Parameters<typeof send>[0], 'path'>) =>
      (await send({ path, ...o })).status

    expect(await statusOf({ headers: { ...linked, 'sec-fetch-dest': 'iframe' } })).toBe(403)
    expect(await statusOf({ headers: { ...linked, 'sec-fetch-mode': 'cors' } })).toBe(403)
    expect(
      await statusOf({
        method: 'POST',
        headers: { ...linked, ...form, origin: 'https://evil.example' },
        body: 'username=ana',
      }),
    ).toBe(403)
    expect(await statusOf({ method: 'POST', headers: { ...linked, ...form } })).toBe(403)
    expect(await statusOf({ headers: { host: 'guarded.auth.evil.example' } })).toBe(403)
  })

  it('let the cloud’s own pages ask for tokens from scripts, and no others', async () => {
    const path = '/_cognito/guarded/oauth2/token'
    const body = `grant_type=authorization_code&client_id=${clientId}&code=x&redirect_uri=x`
    const form = { 'content-type': 'application/x-www-form-urlencoded' }
    const own = pools.address

    const preflight = await send({
      path,
      method: 'OPTIONS',
      headers: { origin: own, 'access-control-request-method': 'POST' },
    })
    const asked = await send({ path, method: 'POST', headers: { ...form, origin: own }, body })
    const foreign = await send({
      path,
      method: 'POST',
      headers: { ...form, origin: 'https://evil.example' },
      body,
    })

    expect(preflight.status).toBe(204)
    expect(preflight.headers).toMatchObject({ 'access-control-allow-origin': '*' })
    expect([asked.status, asked.text]).toEqual([400, '{"error":"invalid_grant"}'])
    expect(asked.headers).toMatchObject({ 'access-control-allow-origin': '*' })
    expect(foreign.status).toBe(403)
  })
})
