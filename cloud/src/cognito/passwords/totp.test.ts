import { describe, expect, it } from 'vitest'
import { matchingStep, stepOf, toBase32, totpAt } from './totp.ts'

const secret = Buffer.from('12345678901234567890')

describe('codes of authenticator apps', () => {
  // RFC 6238, appendix B, the last six of the eight digits.
  it.each([
    [59, '287082'],
    [1_111_111_109, '081804'],
    [1_234_567_890, '005924'],
    [20_000_000_000, '353130'],
  ])('at second %i', (second, code) => {
    expect(totpAt(secret, stepOf(second * 1000))).toBe(code)
  })

  it('count a step before and after, and never twice', () => {
    const code = totpAt(secret, 100)

    expect(matchingStep(secret, code, 99 * 30_000)).toBe(100)
    expect(matchingStep(secret, code, 101 * 30_000)).toBe(100)
    expect(matchingStep(secret, code, 102 * 30_000)).toBeUndefined()
    expect(matchingStep(secret, code, 100 * 30_000, 100)).toBeUndefined()
  })

  it('writes secrets in Base32 (RFC 4648)', () => {
    expect(toBase32(Buffer.from('foobar'))).toBe('MZXW6YTBOI')
  })
})
