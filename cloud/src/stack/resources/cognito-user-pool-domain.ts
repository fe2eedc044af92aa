import { callOperation } from '../resource-context.ts'
import { inert, members, number, required, text } from '../property-shape.ts'
import { resourceType, unless } from '../resource-type.ts'

/** CloudFormation, "AWS::Cognito::UserPoolDomain": where a pool's sign-in pages and OAuth endpoints are served. */
export const cognitoUserPoolDomain = resourceType({
  type: 'AWS::Cognito::UserPoolDomain',
  properties: {
    CustomDomainConfig: members({ CertificateArn: text }),
    Domain: required(text),
    ManagedLoginVersion: number,
    Routing: inert,
    UserPoolId: required(text),
  },
  attributes: ['CloudFrontDistribution'],
  async create(context, wanted) {
    const { cognito } = context.parts
    // Only this deployment can have given the pool its domain when it goes on where it was cut short.
    const name = context.resuming ? await existing(cognito, wanted) : 'CreateUserPoolDomain'
    await callOperation(cognito, name, wanted)
    return { physicalId: wanted.Domain, attributes: { CloudFrontDistribution: '' } }
  },
  async update(context, resource, { before, after }) {
    if (before.UserPoolId !== after.UserPoolId || before.Domain !== after.Domain) return 'replace'
    await callOperation(context.parts.cognito, 'UpdateUserPoolDomain', after)
    return resource
  },
  async remove(context, { physicalId }, { UserPoolId }) {
    await unless(['ResourceNotFoundException', 'InvalidParameterException'], () =>
      callOperation(context.parts.cognito, 'DeleteUserPoolDomain', {
        UserPoolId,
        Domain: physicalId,
      }),
    )
  },
})

async function existing(
  cognito: Parameters<typeof callOperation>[0],
  { Domain, UserPoolId }: { readonly Domain: string; readonly UserPoolId: string },
): Promise<'CreateUserPoolDomain' | 'UpdateUserPoolDomain'> {
  const answer = await callOperation(cognito, 'DescribeUserPoolDomain', { Domain })
  const description = answer['DomainDescription'] as { readonly UserPoolId?: string } // as described
  return description.UserPoolId === UserPoolId ? 'UpdateUserPoolDomain' : 'CreateUserPoolDomain'
}
