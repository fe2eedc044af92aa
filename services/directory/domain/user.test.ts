import { describe, expect, it } from 'vitest'
import { readUser } from './user.ts'

const MISSING = 'Please provide both "userId" and "name"'

describe('readUser', () => {
  it('keeps the two fields', () => {
    expect(readUser({ userId: '1', name: 'Ana', more: true })).toEqual({ userId: '1', name: 'Ana' })
  })

  it.each([
    [{}, MISSING],
    [{ userId: '1' }, MISSING],
    [{ userId: '', name: 'Ana' }, MISSING],
    [null, MISSING],
    [{ userId: 1, name: 'Ana' }, 'userId must be text'],
    [{ userId: '1', name: 'x'.repeat(257) }, 'name must have at most 256 characters'],
  ])('refuses %j', (body, sentence) => {
    expect(() => readUser(body)).toThrow(sentence)
  })
})
