import { expect, describe, it } from 'vitest'
import { prefersText } from './accept.ts'
import { isLive, issueToken, pairingProblem, viewOf } from './token.ts'

const ID = '4f5a0f5e-7a53-4f0e-9a55-0c8f1a6d7b11'
const NOW = new Date('2026-11-21T10:12:44.120Z')

describe('a token', () => {
  it('shows no second entity and no end where it has none', () => {
    expect(viewOf(issueToken({ entityId: 'chat-1' }, ID, NOW))).toEqual({
      token: ID,
      entity1: 'chat-1',
      entity2: null,
      createdAt: '2026-11-21T10:12:44.120Z',
      expiresAt: null,
    })
  })

  it('lives as long as asked for, and not a moment past its end', () => {
    const token = issueToken({ entityId: 5, ttlSeconds: 60 }, ID, NOW)
    const end = new Date(viewOf(token).expiresAt ?? '')

    expect(end.getTime() - NOW.getTime()).toBeGreaterThanOrEqual(60_000)
    expect(end.getTime() - NOW.getTime()).toBeLessThan(61_000)
    expect(isLive(token, new Date(end.getTime() - 1))).toBe(true)
    expect(isLive(token, end)).toBe(false)
  })
})

describe('pairingProblem', () => {
  const token = issueToken({ entityId: 7n, ttlSeconds: 60 }, ID, NOW)

  it.each([
    ['an unknown token', undefined, 'b', 404],
    ['an expired one', { ...token, expiresAt: 1 }, 'b', 404],
    ['an expired one of the same entity', { ...token, expiresAt: 1 }, 7n, 404],
    ['the same entity', token, 7n, 400],
    ['the same entity once paired', { ...token, entity2: 'c' }, 7n, 400],
    ['another winner', { ...token, entity2: 'c' }, 'b', 409],
  ])('answers %s', (_, found, entity, status) => {
    expect(pairingProblem(found, entity, NOW).status).toBe(status)
  })
})

describe('prefersText', () => {
  it.each([
    [undefined, false],
    ['*/*', false],
    ['text/plain', true],
    ['TEXT/PLAIN; charset=utf-8', true],
    ['application/json, text/plain;q=0.5', false],
    ['application/json;q=0.5, text/plain', true],
    ['text/plain;q=0', false],
    ['text/html', false],
  ])('reads Accept: %s', (accept, expected) => {
    expect(prefersText(accept)).toBe(expected)
  })
})
