import { describe, expect, it } from 'vitest'
import { problemOf, signInProblem, tellsExistence } from './refusals.ts'

const refusal = (name: string, message = 'What Cognito says.'): Error =>
  Object.assign(new Error(message), { name })

describe('problemOf', () => {
  it.each([
    ['UsernameExistsException', 409],
    ['NotAuthorizedException', 401],
    ['UserNotFoundException', 404],
    ['UserNotConfirmedException', 403],
    ['CodeMismatchException', 400],
    ['ExpiredCodeException', 400],
    ['InvalidPasswordException', 400],
    ['InvalidParameterException', 400],
    ['LimitExceededException', 429],
    ['TooManyRequestsException', 429],
  ])('answers %s with %s and its own message', (name, status) => {
    expect(problemOf(refusal(name))).toMatchObject({ status, message: 'What Cognito says.' })
  })

  it.each(['InternalErrorException', 'ResourceNotFoundException', 'TypeError', 'constructor'])(
    'leaves %s to those who answer for it',
    (name) => {
      expect(problemOf(refusal(name))).toBeUndefined()
    },
  )
})

describe('a sign-in', () => {
  it('answers an unknown user as a wrong password', () => {
    const wrong = signInProblem(
      refusal('NotAuthorizedException', 'Incorrect username or password.'),
    )
    const unknown = signInProblem(refusal('UserNotFoundException', 'User does not exist.'))

    expect([unknown?.status, unknown?.message]).toEqual([wrong?.status, wrong?.message])
  })
})

describe('a forgotten password', () => {
  it.each([
    ['UserNotFoundException', true],
    ['NotAuthorizedException', true],
    ['InvalidParameterException', true],
    ['LimitExceededException', false],
    ['TooManyRequestsException', false],
  ])('hides %s: %s', (name, hidden) => {
    expect(tellsExistence(refusal(name))).toBe(hidden)
  })
})
