import { expect, it } from 'vitest'
import { usernameFilter } from './username-filter.ts'

it.each([
  ['ana', 'username = "ana"'],
  ['a" or "', 'username = "a\\" or \\""'],
  ['a\\', 'username = "a\\\\"'],
])('finds %j', (username, filter) => {
  expect(usernameFilter(username)).toBe(filter)
})
