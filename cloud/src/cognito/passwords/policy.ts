import type { PasswordPolicy } from '../pools/pool.ts'

/** "Adding user pool password requirements": the symbols, and a space that is neither first nor last. */
const symbol = /[\^$*.[\]{}()?\-"!@#%&/\\,><':;|_~`+=]|(?<=\S) (?=\S)/

/** What is wrong with a password, in Cognito's sentence, or undefined. */
export function policyProblem(policy: PasswordPolicy, password: string): string | undefined {
  const broken = (what: string): string => `Password did not conform with policy: ${what}`
  if (password.length < policy.MinimumLength) return broken('Password not long enough')
  if (policy.RequireUppercase && !/\p{Lu}/u.test(password)) {
    return broken('Password must have uppercase characters')
  }
  if (policy.RequireLowercase && !/\p{Ll}/u.test(password)) {
    return broken('Password must have lowercase characters')
  }
  if (policy.RequireNumbers && !/\p{Nd}/u.test(password)) {
    return broken('Password must have numeric characters')
  }
  if (policy.RequireSymbols && !symbol.test(password)) {
    return broken('Password must have symbol characters')
  }
  return undefined
}
