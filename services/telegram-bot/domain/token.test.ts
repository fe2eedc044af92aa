import { expect, it } from 'vitest'
import { deepLink, readLifetime, readToken, shareLink } from './token.ts'

const TOKEN = '4f5a0f5e-7a53-4f0e-9a55-0c8f1a6d7b11'

it.each([
  [TOKEN, TOKEN],
  [` ${TOKEN.toUpperCase()}\n`, TOKEN],
  ['$(reboot)', undefined],
  [`${TOKEN}/../x`, undefined],
  ['', undefined],
])('reads the token %j', (text, token) => {
  expect(readToken(text)).toBe(token)
})

it.each([
  ['30m', 1800],
  ['12 H', 43_200],
  ['365d', 31_536_000],
  ['366d', undefined],
  ['0m', undefined],
  ['1w', undefined],
  ['-1h', undefined],
  ['x', undefined],
])('reads the lifetime %j', (text, seconds) => {
  expect(readLifetime(text)).toBe(seconds)
})

it('makes a deep link that Telegram takes', () => {
  const payload = new URL(deepLink('a_bot', TOKEN)).searchParams.get('start')

  expect(payload).toMatch(/^[A-Za-z0-9_-]{1,64}$/)
  expect(shareLink('a_bot', TOKEN)).toContain(encodeURIComponent(`?start=${TOKEN}`))
})
