import { expect, it } from 'vitest'
import { attributesDigest, bodyDigest } from './digest.ts'

it('digests bodies and attributes as SQS does', () => {
  expect(bodyDigest('This is a test message')).toBe('fafb00f5732ab283681e124bf8747ed1')
  expect(
    attributesDigest({ timestamp: { DataType: 'Number', StringValue: '1493147359900' } }),
  ).toBe('235c5c510d26fb653d073faed50ae77c')
  expect(attributesDigest({})).toBeUndefined()
})
