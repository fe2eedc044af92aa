import { callOperation } from '../resource-context.ts'
import { list, members, required, text } from '../property-shape.ts'
import { resourceType, unless } from '../resource-type.ts'

/** CloudFormation, "AWS::Cognito::UserPoolResourceServer". */
export const cognitoUserPoolResourceServer = resourceType({
  type: 'AWS::Cognito::UserPoolResourceServer',
  properties: {
    Identifier: required(text),
    Name: required(text),
    Scopes: list(members({ ScopeDescription: required(text), ScopeName: required(text) })),
    UserPoolId: required(text),
  },
  check(_wanted, report, context) {
    if (!context.parts.cognito.has('CreateResourceServer')) {
      report('Identifier', 'is not simulated: use groups to tell who may do what')
    }
  },
  async create(context, wanted) {
    await callOperation(context.parts.cognito, 'CreateResourceServer', { ...wanted })
    return { physicalId: wanted.Identifier, attributes: {} }
  },
  async update(context, existing, { before, after }) {
    if (before.UserPoolId !== after.UserPoolId || before.Identifier !== after.Identifier) {
      return 'replace'
    }
    await callOperation(context.parts.cognito, 'UpdateResourceServer', { ...after })
    return existing
  },
  async remove(context, existing, { UserPoolId }) {
    await unless(['ResourceNotFoundException'], () =>
      callOperation(context.parts.cognito, 'DeleteResourceServer', {
        Identifier: existing.physicalId,
        UserPoolId,
      }),
    )
  },
})
