import { arn } from '../../kernel/index.ts'
import { callOperation, generatedName, type ResourceContext } from '../resource-context.ts'
import { inert, number, refused, tagList, text } from '../property-shape.ts'
import { resourceType, unless, type PhysicalResource } from '../resource-type.ts'

/** CloudFormation, "AWS::Logs::LogGroup". */
export const logsLogGroup = resourceType({
  type: 'AWS::Logs::LogGroup',
  properties: {
    BearerTokenAuthenticationEnabled: inert,
    DataProtectionPolicy: refused('log events are kept as they are written'),
    DeletionProtectionEnabled: inert,
    FieldIndexPolicies: inert,
    KmsKeyId: inert,
    LogGroupClass: inert,
    LogGroupName: text,
    ResourcePolicyDocument: inert,
    RetentionInDays: number,
    Tags: tagList,
  },
  attributes: ['Arn'],
  async create(context, wanted) {
    const name = wanted.LogGroupName ?? generatedName(context, 512)
    const create = (): Promise<unknown> =>
      callOperation(context.parts.logs, 'CreateLogGroup', { logGroupName: name })
    // A group that a function wrote to before its template named it is taken over.
    await unless(['ResourceAlreadyExistsException'], create)
    await setRetention(context, name, wanted.RetentionInDays)
    return logGroup(context, name)
  },
  async update(context, existing, { before, after }) {
    if (before.LogGroupName !== after.LogGroupName) return 'replace'
    await setRetention(context, existing.physicalId, after.RetentionInDays)
    return existing
  },
  async remove(context, existing) {
    await unless(['ResourceNotFoundException'], () =>
      callOperation(context.parts.logs, 'DeleteLogGroup', { logGroupName: existing.physicalId }),
    )
  },
})

const logGroup = (context: ResourceContext, name: string): PhysicalResource => ({
  physicalId: name,
  attributes: { Arn: arn(context.environment, 'logs', `log-group:${name}:*`) },
})

async function setRetention(
  context: ResourceContext,
  logGroupName: string,
  retentionInDays: number | undefined,
): Promise<void> {
  const { logs } = context.parts
  if (retentionInDays === undefined) {
    if (logs.has('DeleteRetentionPolicy')) {
      await callOperation(logs, 'DeleteRetentionPolicy', { logGroupName })
    }
    return
  }
  await callOperation(logs, 'PutRetentionPolicy', { logGroupName, retentionInDays })
}
