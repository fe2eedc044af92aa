import {
  boolean,
  inert,
  list,
  members,
  number,
  oneOf,
  refused,
  required,
  tagList,
  text,
  type PropertiesOf,
} from '../property-shape.ts'

const keySchema = list(
  members({ AttributeName: required(text), KeyType: required(oneOf('HASH', 'RANGE')) }),
)
const projection = members({ NonKeyAttributes: list(text), ProjectionType: text })
const throughput = members({
  ReadCapacityUnits: required(number),
  WriteCapacityUnits: required(number),
})

/** CloudFormation, "AWS::DynamoDB::Table". */
export const tableProperties = {
  AttributeDefinitions: list(
    members({ AttributeName: required(text), AttributeType: required(oneOf('S', 'N', 'B')) }),
  ),
  BillingMode: oneOf('PROVISIONED', 'PAY_PER_REQUEST'),
  ContributorInsightsSpecification: inert,
  DeletionProtectionEnabled: boolean,
  GlobalSecondaryIndexes: list(
    members({
      ContributorInsightsSpecification: inert,
      IndexName: required(text),
      KeySchema: required(keySchema),
      OnDemandThroughput: inert,
      Projection: required(projection),
      ProvisionedThroughput: throughput,
      WarmThroughput: inert,
    }),
  ),
  ImportSourceSpecification: refused('there is no S3 here to import from; write the items instead'),
  KeySchema: required(keySchema),
  KinesisStreamSpecification: refused('use StreamSpecification'),
  LocalSecondaryIndexes: list(
    members({
      IndexName: required(text),
      KeySchema: required(keySchema),
      Projection: required(projection),
    }),
  ),
  OnDemandThroughput: inert,
  PointInTimeRecoverySpecification: inert,
  ProvisionedThroughput: throughput,
  ResourcePolicy: inert,
  SSESpecification: inert,
  StreamSpecification: members({
    ResourcePolicy: inert,
    StreamViewType: required(oneOf('KEYS_ONLY', 'NEW_IMAGE', 'OLD_IMAGE', 'NEW_AND_OLD_IMAGES')),
  }),
  TableClass: oneOf('STANDARD', 'STANDARD_INFREQUENT_ACCESS'),
  TableName: text,
  Tags: tagList,
  TimeToLiveSpecification: members({ AttributeName: text, Enabled: required(boolean) }),
  WarmThroughput: inert,
} as const

export type TableProperties = PropertiesOf<typeof tableProperties>
