import type { Node } from 'constructs'
import type { ExistingUserPool } from './identity.ts'

/**
 * The user pool named by the context values or else the environment variables USER_POOL_ID and CLIENT_ID; none where
 * neither is set, and an error where only one is.
 */
export function existingUserPool(
  node: Node,
  environment: Readonly<Record<string, string | undefined>>,
): ExistingUserPool | undefined {
  const setting = (name: string): string => {
    const value: unknown = node.tryGetContext(name) ?? environment[name] ?? ''
    if (typeof value === 'string') return value.trim()
    throw new Error(`${name} must be text`)
  }
  const userPoolId = setting('USER_POOL_ID')
  const clientId = setting('CLIENT_ID')
  if (userPoolId === '' && clientId === '') return undefined
  if (userPoolId === '' || clientId === '') {
    throw new Error('Set both USER_POOL_ID and CLIENT_ID to use an existing user pool, or neither')
  }
  return { userPoolId, clientId }
}
