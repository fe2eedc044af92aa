import { invalidParameter } from '../errors.ts'

/** AuthParameters and ChallengeResponses. */
export type AuthParameters = Readonly<Record<string, string>>

/** A parameter that may be absent; an inherited property of the object is none. */
export const given = (parameters: AuthParameters, name: string): string | undefined =>
  Object.hasOwn(parameters, name) ? parameters[name] : undefined

/** A parameter that the flow needs. @throws InvalidParameterException */
export function required(parameters: AuthParameters, name: string): string {
  const value = given(parameters, name)
  if (value === undefined || value === '') {
    throw invalidParameter(`Missing required parameter ${name}`)
  }
  return value
}
