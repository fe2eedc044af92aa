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
    'ExportTableToPointInTime DescribeExport ListExports ImportTable DescribeImport ListImports ' +
      'StartBulkPutItems DescribeBulkOperation ListBulkOperations CancelBulkOperation',
  ],
  ['there are no vector indexes', 'SearchVectors'],
  [
    'there is no CloudWatch Contributor Insights here',
    'DescribeContributorInsights ListContributorInsights UpdateContributorInsights',
  ],
  [
    'permissions are not evaluated here',
    'GetResourcePolicy PutResourcePolicy DeleteResourcePolicy',
  ],
]

/** Why each operation that is refused is, by its name. */
export const refusalReasons: ReadonlyMap<string, string> = new Map(
  refused.flatMap(([reason, names]) => names.split(' ').map((name) => [name, reason] as const)),
)

/** One operation a name, each of which only says why it is refused. */
export const unsupportedOperations: readonly Operation<Context>[] = [...refusalReasons].map(
  ([name, reason]) => {
    const refuse = (): never => {
      throw new AwsError(
        'UnknownOperationException',
        `${name} is not supported by Cloudlet: ${reason}.`,
      )
    }
    return { name, run: refuse, call: refuse }
  },
)
