import { parseJson, validate } from '@cloudlet/kit'
import { describe, expect, it } from 'vitest'
import { CreateToken } from './requests.ts'

const read = (text: string) => validate(CreateToken, parseJson(text, 'exact'))

describe('CreateToken', () => {
  it.each([
    ['"a"', 'a'],
    ['5', 5],
    ['-5', -5],
    ['9007199254740993', 9_007_199_254_740_993n],
    ['12345678901234567890123456789012345678', 12_345_678_901_234_567_890_123_456_789_012_345_678n],
  ])('takes the entity %s', (text, entityId) => {
    expect(read(`{"entityId":${text}}`)).toEqual({ entityId })
  })

  it.each(['""', '1.5', 'true', 'null', '[]', '{}', '1e400', `"${'x'.repeat(257)}"`])(
    'refuses the entity %s',
    (text) => {
      expect(() => read(`{"entityId":${text}}`)).toThrow(
        'entityId must be text of 1 to 256 characters or a whole number',
      )
    },
  )

  it.each(['59', '31536001', '60.5', '"60"', 'null', '1e999'])('refuses ttlSeconds %s', (text) => {
    expect(() => read(`{"entityId":1,"ttlSeconds":${text}}`)).toThrow(
      'ttlSeconds must be a whole number from 60 to 31536000',
    )
  })

  it('says what is missing', () => {
    expect(() => read('{}')).toThrow('entityId is required')
  })
})
