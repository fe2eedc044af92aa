import { describe, expect, it } from 'vitest'
import { parseFilter } from './user-filter.ts'

describe('ListUsers filters', () => {
  it.each([
    ['email = "a@b.c"', { name: 'email', operator: '=', value: 'a@b.c' }],
    ['"email"^="a"', { name: 'email', operator: '^=', value: 'a' }],
    [
      'cognito:user_status = "CONFIRMED"',
      { name: 'cognito:user_status', operator: '=', value: 'CONFIRMED' },
    ],
    ['name = "O\\"Hara \\\\"', { name: 'name', operator: '=', value: 'O"Hara \\' }],
    ['  ', undefined],
    [undefined, undefined],
  ])('%s', (text, filter) => {
    expect(parseFilter(text)).toEqual(filter)
  })

  it.each(['email', 'email == "a"', 'email = a', 'email = "a" and name = "b"', 'custom:x = "1"'])(
    'refuses %s',
    (text) => {
      expect(() => parseFilter(text)).toThrow(
        expect.objectContaining({ code: 'InvalidParameterException' }),
      )
    },
  )
})
