import { documents } from '../../storage/index.ts'
import { fifoRefused, invalidAttribute, invalidParameter, unknownAttribute } from '../errors.ts'
import {
  delaySecondsMax,
  messageBytesMax,
  queueNameCharactersMax,
  visibilitySecondsMax,
  waitSecondsMax,
} from '../limits.ts'

/** A queue's definition, kept under its name. Attributes are texts, as callers send them. */
export type QueueRecord = {
  readonly name: string
  readonly createdSeconds: number
  readonly modifiedSeconds: number
  readonly attributes: Readonly<Record<string, string>>
  readonly tags: Readonly<Record<string, string>>
}

export const queueRecords = documents<QueueRecord>('sqs/queues')

type NumberRule = { readonly least: number; readonly most: number; readonly usual: number }

const numberRules: ReadonlyMap<string, NumberRule> = new Map([
  ['DelaySeconds', { least: 0, most: delaySecondsMax, usual: 0 }],
  ['MaximumMessageSize', { least: 1_024, most: messageBytesMax, usual: messageBytesMax }],
  ['MessageRetentionPeriod', { least: 60, most: 1_209_600, usual: 345_600 }],
  ['ReceiveMessageWaitTimeSeconds', { least: 0, most: waitSecondsMax, usual: 0 }],
  ['VisibilityTimeout', { least: 0, most: visibilitySecondsMax, usual: 30 }],
])
const textAttributes: ReadonlySet<string> = new Set([
  'Policy',
  'RedrivePolicy',
  'RedriveAllowPolicy',
  'KmsMasterKeyId',
  'KmsDataKeyReusePeriodSeconds',
  'SqsManagedSseEnabled',
])
const fifoAttributes: ReadonlySet<string> = new Set([
  'FifoQueue',
  'ContentBasedDeduplication',
  'DeduplicationScope',
  'FifoThroughputLimit',
])

/** What GetQueueAttributes may be asked for. */
export const attributeNames: ReadonlySet<string> = new Set([
  'All',
  'QueueArn',
  'ApproximateNumberOfMessages',
  'ApproximateNumberOfMessagesNotVisible',
  'ApproximateNumberOfMessagesDelayed',
  'CreatedTimestamp',
  'LastModifiedTimestamp',
  ...numberRules.keys(),
  ...textAttributes,
  ...fifoAttributes,
])

/** A number attribute's value, or its default. */
export function numberAttribute(queue: QueueRecord, name: string): number {
  return Number(queue.attributes[name] ?? numberRules.get(name)?.usual)
}

/** The attributes of a queue with the defaults of those that were not set. */
export function allAttributes(queue: QueueRecord): Record<string, string> {
  const usual = [...numberRules].map(([name, rule]) => [name, String(rule.usual)])
  return { ...Object.fromEntries(usual), SqsManagedSseEnabled: 'true', ...queue.attributes }
}

/**
 * Checks attributes. An empty text stands for an attribute that is taken back; see {@link setAttributes}.
 *
 * @throws AwsError InvalidAttributeName, InvalidAttributeValue, UnsupportedOperation
 */
export function checkAttributes(
  given: Readonly<Record<string, string>> = {},
): Record<string, string> {
  for (const [name, value] of Object.entries(given)) {
    if (fifoAttributes.has(name)) {
      if (name === 'FifoQueue' && value === 'true') throw fifoRefused()
      throw unknownAttribute(name)
    }
    const rule = numberRules.get(name)
    if (rule === undefined && !textAttributes.has(name)) throw unknownAttribute(name)
    if (value === '') continue
    if (rule !== undefined && !fits(value, rule)) throw invalidAttribute(name)
    if (name === 'RedrivePolicy') redrivePolicy(value)
  }
  return { ...given }
}

/** The attributes without those that are empty. */
export const setAttributes = (
  attributes: Readonly<Record<string, string>>,
): Record<string, string> =>
  Object.fromEntries(Object.entries(attributes).filter(([, value]) => value !== ''))

const fits = (value: string, rule: NumberRule): boolean =>
  /^\d+$/.test(value) && Number(value) >= rule.least && Number(value) <= rule.most

export type RedrivePolicy = { readonly targetName: string; readonly receivesMax: number }

/** @throws AwsError InvalidParameterValue when the text is no redrive policy */
export function redrivePolicy(text: string): RedrivePolicy {
  let policy: unknown
  try {
    policy = JSON.parse(text)
  } catch {
    throw invalidParameter('RedrivePolicy', text, 'Redrive policy is not a valid JSON map.')
  }
  const {
    deadLetterTargetArn,
    maxReceiveCount,
  }: { deadLetterTargetArn?: unknown; maxReceiveCount?: unknown } = Object(policy)
  if (typeof deadLetterTargetArn !== 'string') {
    throw invalidParameter(
      'RedrivePolicy',
      text,
      'Redrive policy does not contain mandatory attribute: deadLetterTargetArn.',
    )
  }
  const receivesMax = Number(maxReceiveCount)
  if (!Number.isInteger(receivesMax) || receivesMax < 1 || receivesMax > 1_000) {
    throw invalidParameter(
      'RedrivePolicy',
      text,
      'Invalid value for maxReceiveCount: it must be from 1 to 1000.',
    )
  }
  return { targetName: queueNameOfArn(deadLetterTargetArn), receivesMax }
}

/** @throws AwsError InvalidParameterValue when the text is no queue's ARN */
export function queueNameOfArn(queueArn: string): string {
  const parts = queueArn.split(':')
  const name = parts[5]
  if (parts.length !== 6 || parts[0] !== 'arn' || parts[2] !== 'sqs' || !name) {
    throw invalidParameter('QueueArn', queueArn, 'It is not the ARN of a queue.')
  }
  return name
}

/** @throws AwsError InvalidParameterValue, UnsupportedOperation for FIFO queues */
export function checkQueueName(name: string): void {
  if (name.endsWith('.fifo')) throw fifoRefused()
  if (name.length <= queueNameCharactersMax && /^[A-Za-z0-9_-]+$/.test(name)) return
  throw invalidParameter(
    'QueueName',
    name,
    'Can only include alphanumeric characters, hyphens, or underscores. 1 to 80 in length',
  )
}
