import { describe, expect, it } from 'vitest'
import { pageAddress } from './address.ts'

const at = (target: string, host = 'localhost:4566') =>
  pageAddress({
    method: 'GET',
    target,
    headers: { host },
    body: Buffer.alloc(0),
    remoteAddress: '127.0.0.1',
  })

describe('the address of a page', () => {
  it('names the domain in its path or in its host', () => {
    const page = { domain: 'people', path: '/login', query: 'a=b?c' }

    expect(at('/_cognito/people/login?a=b?c')).toEqual({ ...page, base: '/_cognito/people' })
    for (const host of [
      'people.auth.localhost:4566',
      'People.auth.us-east-1.localhost',
      'people.auth.us-east-1.amazoncognito.com',
    ]) {
      expect(at('/login?a=b?c', host)).toEqual({ ...page, base: '' })
    }
  })

  it('has a domain of one’s own in its path', () => {
    expect(at('/_cognito/auth.example.com/login')).toMatchObject({
      domain: 'auth.example.com',
      base: '/_cognito/auth.example.com',
    })
  })

  it('is of nothing else on the endpoint', () => {
    expect(at('/')).toBeUndefined()
    expect(at('/_cognito/')).toBeUndefined()
    expect(at('/_cognito/UPPER/login')).toBeUndefined()
    expect(at('/login', 'people.auth.evil.example')).toBeUndefined()
    expect(at('/login', 'x.people.auth.localhost')).toBeUndefined()
  })
})
