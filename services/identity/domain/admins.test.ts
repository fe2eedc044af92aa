import { expect, it } from 'vitest'
import { requireAdmin } from './admins.ts'

it.each([['[admins]'], ['[staff admins]'], ['admins'], [['admins']]])('lets %j pass', (groups) => {
  expect(() => requireAdmin({ 'cognito:groups': groups })).not.toThrow()
})

it.each([
  [undefined],
  [''],
  ['[]'],
  ['[staff]'],
  ['[[admins]]'],
  ['[admins-not x]'],
  [['Admins']],
  [7],
])('answers %j with 403', (groups) => {
  const act = () => requireAdmin(groups === undefined ? {} : { 'cognito:groups': groups })

  expect(act).toThrow(expect.objectContaining({ status: 403 }))
})
