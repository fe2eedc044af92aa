import { AwsError } from '../kernel/index.ts'

export const queueDoesNotExist = (): AwsError =>
  new AwsError('QueueDoesNotExist', 'The specified queue does not exist.')

export const missingParameter = (name: string): AwsError =>
  new AwsError('MissingParameter', `The request must contain the parameter ${name}.`)

export const invalidParameter = (name: string, value: unknown, reason: string): AwsError =>
  new AwsError(
    'InvalidParameterValue',
    `Value ${String(value)} for parameter ${name} is invalid. Reason: ${reason}`,
  )

export const invalidAttribute = (name: string): AwsError =>
  new AwsError('InvalidAttributeValue', `Invalid value for the parameter ${name}.`)

export const unknownAttribute = (name: string): AwsError =>
  new AwsError('InvalidAttributeName', `Unknown Attribute ${name}.`)

export const fifoRefused = (): AwsError =>
  new AwsError(
    'UnsupportedOperation',
    'FIFO queues are not offered by this cloud; only standard queues are.',
  )

/** @throws AwsError MissingParameter when the value is absent or empty */
export function required<T>(value: T | undefined, name: string): T {
  if (value === undefined || value === '') throw missingParameter(name)
  return value
}

/** @throws AwsError InvalidParameterValue when the value is no whole number of the range */
export function inRange(name: string, value: number, least: number, most: number): number {
  if (Number.isInteger(value) && value >= least && value <= most) return value
  throw invalidParameter(name, value, `Must be between ${least} and ${most}, if provided.`)
}
