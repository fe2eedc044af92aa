import { callOperation } from '../resource-context.ts'
import { list, members, required, text } from '../property-shape.ts'
import { resourceType, unless } from '../resource-type.ts'

/** CloudFormation, "AWS::Cognito::UserPoolResourceServer": an API and its scopes, `identifier/name`. */
export const cognitoUserPoolResourceServer = resourceType({
  type: 'AWS::Cognito::UserPoolResourceServer',
  properties: {
    Identifier: required(text),
    Name: required(text),
    Scopes: list(members({ ScopeDescription: required(text), ScopeName: required(text) })),
    UserPoolId: required(text),
  },
  async create(context, wanted) {
    const { cognito } = context.parts
    const create = (): Promise<unknown> => callOperation(cognito, 'CreateResourceServer', wanted)
    // What is there already after a deployment was cut short is this very server.
    if (context.resuming) {
      await unless(['InvalidParameterException'], create)
      await callOperation(cognito, 'UpdateResourceServer', wanted)
    } else await create()
    return { physicalId: wanted.Identifier, attributes: {} }
  },
  async update(context, existing, { before, after }) {
    if (before.UserPoolId !== after.UserPoolId || before.Identifier !== after.Identifier) {
      return 'replace'
    }
    await callOperation(context.parts.cognito, 'UpdateResourceServer', after)
    return existing
  },
  async remove(context, { physicalId }, { UserPoolId }) {
    await unless(['ResourceNotFoundException'], () =>
      callOperation(context.parts.cognito, 'DeleteResourceServer', {
        UserPoolId,
        Identifier: physicalId,
      }),
    )
  },
})
