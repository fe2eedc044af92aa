import { AwsError } from '../../kernel/index.ts'
import type { AuthorizerDefinition } from '../definitions.ts'
import type { FindCredential, FindIssuer } from '../ports.ts'
import type { LambdaPorts } from './ask-function.ts'
import type { Authorizer } from './authorizer.ts'
import { cognitoAuthorizer } from './cognito.ts'
import { iamAuthorizer } from './iam.ts'
import { jwtAuthorizer } from './jwt.ts'
import { requestAuthorizer } from './lambda-request.ts'
import { tokenAuthorizer } from './lambda-token.ts'
import type { VerifyToken } from './verify-token.ts'

/** Makes authorizers by kind. A new kind gets a file beside this one and a case here. */
export type MakeAuthorizer = (definition: AuthorizerDefinition) => Authorizer

/** @throws AwsError BadRequestException naming a kind that is not simulated */
export function authorizerMaker(
  ports: LambdaPorts & {
    readonly findIssuer: FindIssuer
    readonly findCredential: FindCredential
    readonly verifyToken: VerifyToken
  },
): MakeAuthorizer {
  const { findIssuer, verifyToken } = ports
  return (definition) => {
    switch (definition.kind) {
      case 'jwt':
        return jwtAuthorizer(definition, findIssuer, verifyToken)
      case 'cognito':
        return cognitoAuthorizer(definition, findIssuer, verifyToken)
      case 'token':
        return tokenAuthorizer(definition, ports)
      case 'request':
        return requestAuthorizer(definition, ports)
      case 'iam':
        return iamAuthorizer(ports.environment, ports.findCredential)
      default:
        return refuseKind(definition)
    }
  }
}

/** Definitions come from templates: a kind that the types do not know can still arrive. */
function refuseKind(definition: never): never {
  const { kind } = definition as { kind: string } // whatever it is, it has a kind
  throw new AwsError('BadRequestException', `Authorizers of kind ${kind} are not simulated`)
}

/** The authorizers of an API by id; `of` finds a route's. */
export function apiAuthorizers(
  definitions: Readonly<Record<string, AuthorizerDefinition>> | undefined,
  make: MakeAuthorizer,
): (route: { readonly authorizer?: string; readonly path: string }) => Authorizer | undefined {
  const made = new Map(
    Object.entries(definitions ?? {}).map(([id, definition]) => [id, make(definition)]),
  )
  return ({ authorizer, path }) => {
    if (authorizer === undefined) return undefined
    const found = made.get(authorizer)
    if (found === undefined) {
      const message = `The route ${path} names an authorizer that the API does not have: ${authorizer}`
      throw new AwsError('BadRequestException', message)
    }
    return found
  }
}
