import { arn } from '../../kernel/index.ts'
import { recorded } from './recorded.ts'

/** Types of resources that are accepted and do nothing on one machine. */

export const lambdaPermission = recorded(
  'AWS::Lambda::Permission',
  [
    'Action',
    'EventSourceToken',
    'FunctionName',
    'FunctionUrlAuthType',
    'InvokedViaFunctionUrl',
    'Principal',
    'PrincipalOrgID',
    'SourceAccount',
    'SourceArn',
  ],
  { attributes: ['Id'], record: (name) => ({ physicalId: name, attributes: { Id: name } }) },
)

export const sqsQueuePolicy = recorded('AWS::SQS::QueuePolicy', ['PolicyDocument', 'Queues'], {
  attributes: ['Id'],
  record: (name) => ({ physicalId: name, attributes: { Id: name } }),
})

export const apiGatewayAccount = recorded('AWS::ApiGateway::Account', ['CloudWatchRoleArn'], {
  attributes: ['Id'],
  record: (name) => ({ physicalId: name, attributes: { Id: name } }),
})

export const cloudWatchAlarm = recorded(
  'AWS::CloudWatch::Alarm',
  [
    'ActionsEnabled',
    'AlarmActions',
    'AlarmDescription',
    'AlarmName',
    'ComparisonOperator',
    'DatapointsToAlarm',
    'Dimensions',
    'EvaluateLowSampleCountPercentile',
    'EvaluationPeriods',
    'ExtendedStatistic',
    'InsufficientDataActions',
    'MetricName',
    'Metrics',
    'Namespace',
    'OKActions',
    'Period',
    'Statistic',
    'Tags',
    'Threshold',
    'ThresholdMetricId',
    'TreatMissingData',
    'Unit',
  ],
  {
    nameProperty: 'AlarmName',
    attributes: ['Arn'],
    record: (name, context) => ({
      physicalId: name,
      attributes: { Arn: arn(context.environment, 'cloudwatch', `alarm:${name}`) },
    }),
  },
)

export const cloudWatchDashboard = recorded(
  'AWS::CloudWatch::Dashboard',
  ['DashboardBody', 'DashboardName'],
  { nameProperty: 'DashboardName' },
)

export const cdkMetadata = recorded('AWS::CDK::Metadata', ['Analytics'])

export const waitConditionHandle = recorded('AWS::CloudFormation::WaitConditionHandle', [])
