import { expect, it } from 'vitest'
import { basePathOf } from './base-path.ts'

it.each([
  [{ name: 'Orders API', tags: {}, mapped: undefined }, 'orders-api'],
  [{ name: 'Orders API', tags: {}, mapped: 'v1/orders' }, 'v1/orders'],
  [{ name: 'Orders API', tags: {}, mapped: '(none)' }, ''],
  [{ name: 'x', tags: { 'cloudlet:base-path': '/cargo/' }, mapped: 'other' }, 'cargo'],
])('mounts %j at /%s', (api, path) => {
  expect(basePathOf(api)).toBe(path)
})
