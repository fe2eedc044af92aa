import { describe, expect, it } from 'vitest'
import { clearCookie, readCookies, setCookie } from './cookies.ts'

describe('cookies', () => {
  it('are read by name, the first of a name counting', () => {
    const cookies = readCookies('a=1; cognito=x=y; a=2; broken; =nameless, b=3')

    expect([...cookies]).toEqual([
      ['a', '1'],
      ['cognito', 'x=y'],
      ['b', '3'],
    ])
    expect(readCookies(undefined).size).toBe(0)
  })

  it('stay with the pages of their domain, away from scripts and other sites', () => {
    expect(setCookie('cognito', 'v', '/_cognito/people')).toBe(
      'cognito=v; Path=/_cognito/people; Max-Age=3600; HttpOnly; SameSite=Lax',
    )
    expect(clearCookie('cognito', '')).toBe('cognito=; Path=/; Max-Age=0; HttpOnly; SameSite=Lax')
  })
})
