import { arn } from '../../kernel/index.ts'
import { callOperation, generatedName, type ResourceContext } from '../resource-context.ts'
import {
  boolean,
  inert,
  json,
  number,
  refused,
  tagList,
  tagsOf,
  text,
  type PropertiesOf,
} from '../property-shape.ts'
import { resourceType, unless, type PhysicalResource } from '../resource-type.ts'

/** CloudFormation, "AWS::SQS::Queue". */
const properties = {
  ContentBasedDeduplication: refused('FIFO queues are not simulated'),
  DeduplicationScope: refused('FIFO queues are not simulated'),
  DelaySeconds: number,
  FifoQueue: boolean,
  FifoThroughputLimit: refused('FIFO queues are not simulated'),
  KmsDataKeyReusePeriodSeconds: inert,
  KmsMasterKeyId: inert,
  MaximumMessageSize: number,
  MessageRetentionPeriod: number,
  QueueName: text,
  ReceiveMessageWaitTimeSeconds: number,
  RedriveAllowPolicy: inert,
  RedrivePolicy: json,
  SqsManagedSseEnabled: inert,
  Tags: tagList,
  VisibilityTimeout: number,
} as const

type QueueProperties = PropertiesOf<typeof properties>

export const sqsQueue = resourceType({
  type: 'AWS::SQS::Queue',
  properties,
  attributes: ['Arn', 'QueueName', 'QueueUrl'],
  check(wanted, report) {
    if (wanted.FifoQueue === true) report('FifoQueue', 'is not simulated: use a standard queue')
  },
  async create(context, wanted) {
    const name = wanted.QueueName ?? generatedName(context, 80)
    const answer = await callOperation(context.parts.sqs, 'CreateQueue', {
      QueueName: name,
      Attributes: attributesOf(wanted),
      ...(wanted.Tags === undefined ? {} : { tags: tagsOf(wanted.Tags) }),
    })
    return queue(context, name, String(answer['QueueUrl']))
  },
  async update(context, existing, { before, after }) {
    if (before.QueueName !== after.QueueName) return 'replace'
    await callOperation(context.parts.sqs, 'SetQueueAttributes', {
      QueueUrl: existing.physicalId,
      Attributes: { ...defaults, ...attributesOf(after) },
    })
    return existing
  },
  async remove(context, existing) {
    await unless(['QueueDoesNotExist'], () =>
      callOperation(context.parts.sqs, 'DeleteQueue', { QueueUrl: existing.physicalId }),
    )
  },
})

const queue = (context: ResourceContext, name: string, url: string): PhysicalResource => ({
  physicalId: url,
  attributes: { Arn: arn(context.environment, 'sqs', name), QueueName: name, QueueUrl: url },
})

/** Amazon SQS, "SetQueueAttributes": what an attribute falls back to when a template no longer names it. */
const defaults: Readonly<Record<string, string>> = {
  DelaySeconds: '0',
  MessageRetentionPeriod: '345600',
  ReceiveMessageWaitTimeSeconds: '0',
  VisibilityTimeout: '30',
}

function attributesOf(wanted: QueueProperties): Readonly<Record<string, string>> {
  const numbers = [
    ['DelaySeconds', wanted.DelaySeconds],
    ['MaximumMessageSize', wanted.MaximumMessageSize],
    ['MessageRetentionPeriod', wanted.MessageRetentionPeriod],
    ['ReceiveMessageWaitTimeSeconds', wanted.ReceiveMessageWaitTimeSeconds],
    ['VisibilityTimeout', wanted.VisibilityTimeout],
  ] as const
  const attributes = Object.fromEntries(
    numbers.flatMap(([name, value]) => (value === undefined ? [] : [[name, String(value)]])),
  )
  if (wanted.RedrivePolicy === undefined) return attributes
  const policy = wanted.RedrivePolicy
  const RedrivePolicy = typeof policy === 'string' ? policy : JSON.stringify(policy)
  return { ...attributes, RedrivePolicy }
}
