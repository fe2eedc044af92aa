import type { AuthorizerDefinition } from '../../gateway/index.ts'

const iamId = 'AWS_IAM'

/** The authorizer of every API's routes with IAM authorization, which no resource stands for. */
export const iamAuthorizer: Readonly<Record<string, AuthorizerDefinition>> = {
  [iamId]: { kind: 'iam' },
}

/** The id of the authorizer that a route or method asks for; none where it is open. */
export function authorizerOf(
  type: string | undefined,
  authorizerId: string | undefined,
): string | undefined {
  if (type === undefined || type === 'NONE') return undefined
  return type === 'AWS_IAM' ? iamId : authorizerId
}
