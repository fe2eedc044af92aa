import { AwsError } from '../../kernel/index.ts'
import { sameJson, type Json } from '../../template/index.ts'
import { callOperation, generatedName, type ResourceContext } from '../resource-context.ts'
import { tagsOf } from '../property-shape.ts'
import { resourceType, unless, type PhysicalResource } from '../resource-type.ts'
import { tableProperties, type TableProperties } from './dynamodb-table-properties.ts'
import { describeTable, tableActive } from './dynamodb-table-state.ts'
import { updateTable } from './dynamodb-table-update.ts'

export const dynamodbTable = resourceType({
  type: 'AWS::DynamoDB::Table',
  properties: tableProperties,
  attributes: ['Arn', 'StreamArn'],
  async create(context, wanted) {
    const name = wanted.TableName ?? generatedName(context, 255)
    const input = creationInput(name, wanted)
    if (!context.resuming) await callOperation(context.parts.dynamodb, 'CreateTable', input)
    else {
      await unless(['ResourceInUseException'], () =>
        callOperation(context.parts.dynamodb, 'CreateTable', input),
      )
    }
    await tableActive(context, name)
    await applyTimeToLive(context, name, wanted)
    return describe(context, name)
  },
  async update(context, existing, { before, after }) {
    const fixed = (each: TableProperties): Json =>
      JSON.parse(
        JSON.stringify([each.TableName, each.KeySchema, each.LocalSecondaryIndexes ?? null]),
      ) as Json
    if (!sameJson(fixed(before), fixed(after)) || keyTypesDiffer(before, after)) {
      if (after.TableName !== undefined && after.TableName === existing.physicalId) {
        throw new AwsError(
          'ValidationError',
          `CloudFormation cannot update a stack when a custom-named resource requires replacing. Rename ${after.TableName} and update the stack again.`,
        )
      }
      return 'replace'
    }
    await updateTable(context, existing.physicalId, after)
    await applyTimeToLive(context, existing.physicalId, after)
    await applyTags(context, existing, before, after)
    return describe(context, existing.physicalId)
  },
  async remove(context, existing) {
    await unless(['ResourceNotFoundException'], () =>
      callOperation(context.parts.dynamodb, 'DeleteTable', { TableName: existing.physicalId }),
    )
  },
})

function creationInput(name: string, wanted: TableProperties): Readonly<Record<string, unknown>> {
  return {
    TableName: name,
    AttributeDefinitions: wanted.AttributeDefinitions,
    KeySchema: wanted.KeySchema,
    BillingMode: wanted.BillingMode ?? 'PROVISIONED',
    ProvisionedThroughput: wanted.ProvisionedThroughput,
    GlobalSecondaryIndexes: wanted.GlobalSecondaryIndexes,
    LocalSecondaryIndexes: wanted.LocalSecondaryIndexes,
    DeletionProtectionEnabled: wanted.DeletionProtectionEnabled,
    TableClass: wanted.TableClass,
    StreamSpecification:
      wanted.StreamSpecification === undefined
        ? undefined
        : { StreamEnabled: true, StreamViewType: wanted.StreamSpecification.StreamViewType },
    Tags: wanted.Tags,
  }
}

/** The key attributes' types cannot be changed in place. */
function keyTypesDiffer(before: TableProperties, after: TableProperties): boolean {
  const types = (table: TableProperties): ReadonlyMap<string, string> =>
    new Map(
      (table.AttributeDefinitions ?? []).map((each) => [each.AttributeName, each.AttributeType]),
    )
  const [old, wanted] = [types(before), types(after)]
  return before.KeySchema.some(
    (key) => old.get(key.AttributeName) !== wanted.get(key.AttributeName),
  )
}

async function describe(context: ResourceContext, name: string): Promise<PhysicalResource> {
  const table = await describeTable(context, name)
  const streaming = table.StreamSpecification !== undefined
  return {
    physicalId: name,
    attributes: {
      Arn: table.TableArn ?? '',
      ...(streaming && table.LatestStreamArn !== undefined
        ? { StreamArn: table.LatestStreamArn }
        : {}),
    },
  }
}

async function applyTimeToLive(
  context: ResourceContext,
  name: string,
  wanted: TableProperties,
): Promise<void> {
  const { dynamodb } = context.parts
  const answer = await callOperation(dynamodb, 'DescribeTimeToLive', { TableName: name })
  const current = (answer['TimeToLiveDescription'] ?? {}) as {
    TimeToLiveStatus?: string
    AttributeName?: string
  }
  const enabled = current.TimeToLiveStatus === 'ENABLED' || current.TimeToLiveStatus === 'ENABLING'
  const want = wanted.TimeToLiveSpecification
  const set = (AttributeName: string | undefined, Enabled: boolean): Promise<unknown> =>
    callOperation(dynamodb, 'UpdateTimeToLive', {
      TableName: name,
      TimeToLiveSpecification: { AttributeName, Enabled },
    })
  const same = want?.Enabled === true && enabled && want.AttributeName === current.AttributeName
  if (same) return
  if (enabled) await set(current.AttributeName, false)
  if (want?.Enabled === true) await set(want.AttributeName, true)
}

async function applyTags(
  context: ResourceContext,
  existing: PhysicalResource,
  before: TableProperties,
  after: TableProperties,
): Promise<void> {
  const ResourceArn = existing.attributes['Arn']
  const wanted = tagsOf(after.Tags)
  const gone = Object.keys(tagsOf(before.Tags)).filter((key) => !Object.hasOwn(wanted, key))
  if (gone.length > 0) {
    await callOperation(context.parts.dynamodb, 'UntagResource', { ResourceArn, TagKeys: gone })
  }
  if (after.Tags !== undefined && after.Tags.length > 0) {
    await callOperation(context.parts.dynamodb, 'TagResource', { ResourceArn, Tags: after.Tags })
  }
}
