import { callOperation, generatedName } from '../resource-context.ts'
import { number, required, text } from '../property-shape.ts'
import { resourceType, unless } from '../resource-type.ts'

/** CloudFormation, "AWS::Cognito::UserPoolGroup". */
export const cognitoUserPoolGroup = resourceType({
  type: 'AWS::Cognito::UserPoolGroup',
  properties: {
    Description: text,
    GroupName: text,
    Precedence: number,
    RoleArn: text,
    UserPoolId: required(text),
  },
  async create(context, wanted) {
    const GroupName = wanted.GroupName ?? generatedName(context, 128)
    const create = (): Promise<unknown> =>
      callOperation(context.parts.cognito, 'CreateGroup', { ...wanted, GroupName })
    if (context.resuming) await unless(['GroupExistsException'], create)
    else await create()
    return { physicalId: GroupName, attributes: {} }
  },
  async update(context, existing, { before, after }) {
    if (before.UserPoolId !== after.UserPoolId || before.GroupName !== after.GroupName) {
      return 'replace'
    }
    const GroupName = existing.physicalId
    await callOperation(context.parts.cognito, 'UpdateGroup', { ...after, GroupName })
    return existing
  },
  async remove(context, existing, { UserPoolId }) {
    await unless(['ResourceNotFoundException'], () =>
      callOperation(context.parts.cognito, 'DeleteGroup', {
        UserPoolId,
        GroupName: existing.physicalId,
      }),
    )
  },
})
