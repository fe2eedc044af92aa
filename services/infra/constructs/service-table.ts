import { AttributeType, BillingMode, Table } from 'aws-cdk-lib/aws-dynamodb'
import type { StreamViewType } from 'aws-cdk-lib/aws-dynamodb'
import type { Construct } from 'constructs'
import { acknowledge } from './acknowledge.ts'
import { physicalName, removalPolicy } from './stage.ts'
import type { Stage } from './stage.ts'

/** A table that is paid by the request, with text keys. */
export function serviceTable(
  scope: Construct,
  id: string,
  props: {
    readonly stage: Stage
    readonly name: string
    readonly partitionKey: string
    readonly sortKey?: string
    readonly timeToLiveAttribute?: string
    readonly stream?: StreamViewType
  },
): Table {
  const { stage, sortKey, timeToLiveAttribute, stream } = props
  const table = new Table(scope, id, {
    tableName: physicalName(stage, props.name),
    partitionKey: { name: props.partitionKey, type: AttributeType.STRING },
    ...(sortKey === undefined ? {} : { sortKey: { name: sortKey, type: AttributeType.STRING } }),
    ...(timeToLiveAttribute === undefined ? {} : { timeToLiveAttribute }),
    ...(stream === undefined ? {} : { stream }),
    billingMode: BillingMode.PAY_PER_REQUEST,
    removalPolicy: removalPolicy(stage),
    deletionProtection: stage.keepsData,
    pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: stage.keepsData },
  })
  if (!stage.keepsData) {
    acknowledge(table, { 'AwsSolutions-DDB3': 'The data of this stage can be made again.' })
  }
  return table
}
