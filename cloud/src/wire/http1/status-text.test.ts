import { STATUS_CODES } from 'node:http'
import { expect, it } from 'vitest'
import { statusText } from './status-text.ts'

it('has a text for every status that node:http knows', () => {
  expect(Object.keys(statusText)).toEqual(expect.arrayContaining(Object.keys(STATUS_CODES)))
})
