import { describe, expect, it } from 'vitest'
import { policyProblem } from './policy.ts'

const policy = {
  MinimumLength: 8,
  RequireUppercase: true,
  RequireLowercase: true,
  RequireNumbers: true,
  RequireSymbols: true,
  TemporaryPasswordValidityDays: 7,
}

describe('password policy', () => {
  it.each([
    ['Abcdef-1', undefined],
    ['Abc def 1', undefined],
    ['Abcdefg1', 'Password did not conform with policy: Password must have symbol characters'],
    ['Abcdefg1 ', 'Password did not conform with policy: Password must have symbol characters'],
    ['Ab-1', 'Password did not conform with policy: Password not long enough'],
  ])('of %s', (password, problem) => {
    expect(policyProblem(policy, password)).toBe(problem)
  })

  it('asks for nothing that is off', () => {
    const lax = { ...policy, RequireUppercase: false, RequireNumbers: false, RequireSymbols: false }

    expect(policyProblem(lax, 'lowercase')).toBeUndefined()
  })
})
