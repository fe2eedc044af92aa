import { HttpProblem, logger } from '@cloudlet/kit'
import { inOrder } from './in-order.ts'
import type { SignUp } from './requests.ts'

/** SignUp is limited to 50 a second for an account ("Quotas in Amazon Cognito"). */
const AT_ONCE_MAX = 10

/** `status` is what POST /users/signup would have answered. */
export type SignUpResult = {
  readonly username: string
  readonly status: number
  readonly error?: string
}

/** Signs everyone up and tells for each, in the order of `users`, what came of it. */
export const signUpAll = (
  users: readonly SignUp[],
  signUp: (user: SignUp) => Promise<unknown>,
): Promise<SignUpResult[]> =>
  inOrder(users, AT_ONCE_MAX, async (user) => {
    const { username } = user
    try {
      await signUp(user)
      return { username, status: 200 }
    } catch (error) {
      return { username, ...failureOf(error) }
    }
  })

/** What one user's failure must not do is hide how it went for the others. */
function failureOf(error: unknown): { readonly status: number; readonly error: string } {
  if (error instanceof HttpProblem) return { status: error.status, error: error.message }
  logger().warn('A sign-up of a batch failed', { error })
  return { status: 503, error: 'The service is unavailable for a moment. Please try again.' }
}
