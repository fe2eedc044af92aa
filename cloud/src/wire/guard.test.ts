import { describe, expect, it } from 'vitest'
import { createGuard } from './guard.ts'

type Options = Parameters<typeof createGuard>[0]

/** The guard's verdict on a GET with these headers: 403, or 200 where it lets it pass. */
function verdict(headers: Record<string, string>, options: Partial<Options> = {}): number {
  const guard = createGuard({ host: '127.0.0.1', ownPorts: () => [3000, 4566], ...options })
  const request = {
    method: 'GET',
    target: '/',
    headers,
    body: Buffer.alloc(0),
    remoteAddress: '127.0.0.1',
  }
  return guard(request)?.status ?? 200
}

describe('the guard', () => {
  it.each([
    ['localhost:4566', 200],
    ['LOCALHOST.', 200],
    ['127.0.0.1:4566', 200],
    ['127.1.2.3', 200],
    ['[::1]:4566', 200],
    ['abc.execute-api.localhost', 200],
    ['evil.example', 403],
    ['127.0.0.1.evil.example', 403],
    ['localhost.evil.example:4566', 403],
    ['localhost:4566.evil.example', 403],
    ['localhost, evil.example', 403],
    ['192.168.1.5', 403],
    ['', 403],
  ])('answers host %s with %s', (host, status) => {
    expect(verdict({ host })).toBe(status)
  })

  it('takes further hosts from the configuration', () => {
    expect(verdict({ host: 'box.lan:4566' }, { host: 'box.lan' })).toBe(200)
    expect(
      verdict({ host: 'host.docker.internal' }, { allowedHosts: ['host.docker.internal'] }),
    ).toBe(200)
    expect(verdict({ host: '192.168.1.5:4566' }, { host: '0.0.0.0' })).toBe(200)
    expect(verdict({ host: 'evil.example' }, { host: '0.0.0.0' })).toBe(403)
  })

  it.each<[string, Record<string, string>, number]>([
    ['a page of another site', { origin: 'https://evil.example' }, 403],
    ['a page without origin', { origin: 'null' }, 403],
    ['a page with a port of ours elsewhere', { origin: 'http://evil.example:3000' }, 403],
    ['another server on this machine', { origin: 'http://localhost:8080' }, 403],
    ['the front door', { origin: 'http://localhost:3000' }, 200],
    ['the endpoint itself', { origin: 'http://127.0.0.1:4566' }, 200],
    ['an allowed page', { origin: 'http://app.test' }, 200],
    ['an image on another site', { 'sec-fetch-site': 'cross-site' }, 403],
    ['a form on another port', { 'sec-fetch-site': 'same-site' }, 403],
    ['a typed address', { 'sec-fetch-site': 'none' }, 200],
    ['a tool', {}, 200],
  ])('judges %s', (_name, headers, status) => {
    expect(verdict(headers, { allowedOrigins: ['http://app.test'] })).toBe(status)
  })

  it('leaves origins to the APIs behind the front door, unless a list is given', () => {
    const page = { host: 'localhost', origin: 'https://app.example' }

    expect(verdict(page, { kind: 'public' })).toBe(200)
    expect(verdict({ host: 'evil.example' }, { kind: 'public' })).toBe(403)
    expect(verdict(page, { kind: 'public', allowedOrigins: ['http://app.test'] })).toBe(403)
  })
})
