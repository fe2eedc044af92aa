import { AwsError, type Operation } from '../../kernel/index.ts'
import type { Context } from './operation.ts'

/** Operations of the API that are refused by name, with the reason. */
const refused: readonly (readonly [reason: string, names: string])[] = [
  [
    'global tables need several regions',
    'CreateGlobalTable DescribeGlobalTable DescribeGlobalTableSettings ListGlobalTables UpdateGlobalTable ' +
      'UpdateGlobalTableSettings DescribeTableReplicaAutoScaling UpdateTableReplicaAutoScaling',
  ],
  [
    'there is no Kinesis here; use DynamoDB Streams',
    'EnableKinesisStreamingDestination DisableKinesisStreamingDestination ' +
      'DescribeKinesisStreamingDestination UpdateKinesisStreamingDestination',
  ],
  [
    'there is no S3 here',
    'ExportTableToPointInTime DescribeExport ListExports ImportTable DescribeImport ListImports',
  ],
  [
    'there is no CloudWatch Contributor Insights here',
    'DescribeContributorInsights ListContributorInsights UpdateContributorInsights',
  ],
  [
    'permissions are not evaluated here',
    'GetResourcePolicy PutResourcePolicy DeleteResourcePolicy',
  ],
]

/** One operation a name, each of which only says why it is refused. */
export const unsupportedOperations: readonly Operation<Context>[] = refused.flatMap(
  ([reason, names]) =>
    names.split(' ').map((name) => {
      const refuse = (): never => {
        throw new AwsError(
          'UnknownOperationException',
          `${name} is not supported by Cloudlet: ${reason}.`,
        )
      }
      return { name, run: refuse, call: refuse }
    }),
)
