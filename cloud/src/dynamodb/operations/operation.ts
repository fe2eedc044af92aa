import { AwsError, operationMaker, type Environment, type Operation } from '../../kernel/index.ts'
import type { Store } from '../../storage/index.ts'
import type { Background } from '../engine/background.ts'
import type { Writes } from '../engine/items/writes.ts'
import type { Streams } from '../engine/streams/streams.ts'
import type { Catalog } from '../engine/tables/catalog.ts'
import type { Throttle } from '../engine/throttle.ts'
import { tableNameLengthMax, tableNameLengthMin } from '../limits.ts'

/** What operations work with. */
export type Context = {
  readonly environment: Environment
  readonly store: Store
  readonly catalog: Catalog
  readonly streams: Streams
  readonly writes: Writes
  readonly background: Background
  /** Set when provisioned capacity is enforced. */
  readonly throttle: Throttle | undefined
  /** Where clients reach this engine, `host:port`. */
  readonly endpoint: () => string
  /** Shards of a new stream. */
  readonly streamShards: number
}

export const operation = operationMaker<Context>('ValidationException')

export const invalid = (message: string): AwsError => new AwsError('ValidationException', message)

/**
 * Operations on tables look at the name before everything else, and speak of it in other words than operations on
 * items do (observed on AWS by dynalite's suites).
 */
export function namedTable<Input>(made: Operation<Context, Input>): Operation<Context, Input> {
  return {
    ...made,
    call(context, input) {
      const name = nameIn(input)
      if (name === undefined) {
        throw invalid("The parameter 'TableName' is required but was not present in the request")
      }
      if (
        typeof name === 'string' &&
        !name.startsWith('arn:') &&
        (name.length < tableNameLengthMin || name.length > tableNameLengthMax)
      ) {
        throw invalid(
          'TableName must be at least 3 characters long and at most 255 characters long',
        )
      }
      return made.call(context, input)
    },
  }
}

function nameIn(input: unknown): unknown {
  if (input === null || typeof input !== 'object' || Array.isArray(input)) return ''
  return 'TableName' in input ? (input.TableName ?? undefined) : undefined
}
