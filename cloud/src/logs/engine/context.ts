import { arn, operationMaker, type Environment } from '../../kernel/index.ts'
import type { Store } from '../../storage/index.ts'
import { invalidParameter } from '../errors.ts'
import type { Serials } from './serials.ts'
import type { Sink, Written } from './sink.ts'

/** What every operation works with. */
export type LogsContext = {
  readonly environment: Environment
  readonly store: Store
  readonly serials: Serials
  /** Searches wait for it, so that they find what was written before them. */
  readonly sink: Sink
  readonly written: Written
}

export const operation = operationMaker<LogsContext>('InvalidParameterException')

export const groupArn = (context: LogsContext, name: string): string =>
  arn(context.environment, 'logs', `log-group:${name}`)

/** The name in a group's ARN (with or without `:*` at its end), or the text itself when it is no ARN. */
export function nameOfArn(text: string): string {
  if (!text.startsWith('arn:')) return text
  const [resource, name] = text.split(':').slice(5)
  if (resource !== 'log-group' || !name) throw invalidParameter(`Invalid log group ARN: ${text}`)
  return name
}

/**
 * The group of a request that names it by name or by identifier.
 *
 * @throws AwsError InvalidParameterException unless exactly one is given
 */
export function groupOf(input: {
  logGroupName?: string | undefined
  logGroupIdentifier?: string | undefined
}): string {
  const { logGroupName, logGroupIdentifier } = input
  if ((logGroupName === undefined) === (logGroupIdentifier === undefined)) {
    throw invalidParameter('Exactly one of logGroupName and logGroupIdentifier must be specified.')
  }
  return logGroupName ?? nameOfArn(logGroupIdentifier ?? '')
}
