import {
  operationTable,
  type Environment,
  type OperationTable,
  type Service,
} from '../kernel/index.ts'
import type { Store } from '../storage/index.ts'
import { Background } from './engine/background.ts'
import { Writes } from './engine/items/writes.ts'
import { Streams } from './engine/streams/streams.ts'
import { Catalog } from './engine/tables/catalog.ts'
import { clearRubbish } from './engine/tables/remove-table.ts'
import { streamShardsDefault } from './limits.ts'
import { operations } from './operations/index.ts'
import type { Context } from './operations/operation.ts'

export type DynamoDB = {
  /** DynamoDB and DynamoDB Streams, for `wire`. */
  readonly services: readonly Service[]
  /** All operations by name, for calls inside the process. Outputs may hold `JsonText`. */
  readonly operations: OperationTable
  /** Begins with work beside the requests: TTL, trimming of streams, what was left unfinished. */
  readonly start: () => void
  readonly close: () => void
}

/**
 * The engine over a store. It keeps nothing in memory but what is committed there, so that it goes on where it was.
 *
 * @param options.streamShards how many shards a new stream gets
 */
export function createDynamoDB(options: {
  readonly environment: Environment
  readonly store: Store
  readonly streamShards?: number
}): DynamoDB {
  const { environment, store, streamShards = streamShardsDefault } = options
  const catalog = new Catalog(store, environment)
  const streams = new Streams(store)
  const writes = new Writes(environment, store, catalog, streams)
  const background = new Background(environment, [])
  const context: Context = {
    environment,
    store,
    catalog,
    streams,
    writes,
    background,
    streamShards,
  }
  const table = operationTable(context, operations)
  return {
    services: [
      {
        kind: 'json',
        signingName: 'dynamodb',
        target: 'DynamoDB_20120810',
        version: '1.0',
        errorNamespace: 'com.amazonaws.dynamodb.v20120810',
        operations: table,
      },
    ],
    operations: table,
    start() {
      background.start()
      clearRubbish(context)
    },
    close: () => background.close(),
  }
}
