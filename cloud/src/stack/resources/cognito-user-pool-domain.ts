import { callOperation } from '../resource-context.ts'
import { inert, number, refused, required, text } from '../property-shape.ts'
import { resourceType, unless } from '../resource-type.ts'

/** CloudFormation, "AWS::Cognito::UserPoolDomain". */
export const cognitoUserPoolDomain = resourceType({
  type: 'AWS::Cognito::UserPoolDomain',
  properties: {
    CustomDomainConfig: refused('a domain is a prefix here'),
    Domain: required(text),
    ManagedLoginVersion: number,
    Routing: inert,
    UserPoolId: required(text),
  },
  attributes: ['CloudFrontDistribution', 'Id'],
  check(_wanted, report, context) {
    if (!context.parts.cognito.has('CreateUserPoolDomain')) {
      report('Domain', 'is not simulated: sign in by InitiateAuth')
    }
  },
  async create(context, { Domain, UserPoolId }) {
    const create = (): Promise<unknown> =>
      callOperation(context.parts.cognito, 'CreateUserPoolDomain', { Domain, UserPoolId })
    await create()
    return { physicalId: Domain, attributes: { Id: Domain, CloudFrontDistribution: '' } }
  },
  update: (_context, existing, { before, after }) =>
    before.Domain === after.Domain && before.UserPoolId === after.UserPoolId ? existing : 'replace',
  async remove(context, existing, { UserPoolId }) {
    await unless(['ResourceNotFoundException', 'InvalidParameterException'], () =>
      callOperation(context.parts.cognito, 'DeleteUserPoolDomain', {
        Domain: existing.physicalId,
        UserPoolId,
      }),
    )
  },
})
