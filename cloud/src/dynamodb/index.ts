import {
  operationTable,
  type Environment,
  type OperationTable,
  type Service,
} from '../kernel/index.ts'
import type { Store } from '../storage/index.ts'
import { Background } from './engine/background.ts'
import { resumeBackups } from './engine/backups/copy-items.ts'
import { resumeRestores } from './engine/backups/restore.ts'
import { Writes } from './engine/items/writes.ts'
import { streamSource, type StreamSource } from './engine/streams/source.ts'
import { Streams } from './engine/streams/streams.ts'
import { trimStreams } from './engine/streams/trim.ts'
import { Catalog } from './engine/tables/catalog.ts'
import { fillTables } from './engine/tables/fill.ts'
import { clearRubbish } from './engine/tables/remove-table.ts'
import { Throttle } from './engine/throttle.ts'
import { forgetTokens } from './engine/transactions/request-tokens.ts'
import { deleteExpired } from './engine/ttl/sweep.ts'
import { streamShardsDefault } from './limits.ts'
import { operations } from './operations/index.ts'
import { streamOperations } from './operations/streams/index.ts'
import type { Context } from './operations/operation.ts'

export type { StreamSource } from './engine/streams/source.ts'

export type DynamoDB = {
  /** DynamoDB and DynamoDB Streams, for `wire`. */
  readonly services: readonly Service[]
  /** All operations by name, for calls inside the process. Outputs may hold `JsonText`. */
  readonly operations: OperationTable
  /** For readers inside the process: event-source mappings. */
  readonly streams: StreamSource
  /** Begins with work beside the requests: TTL, trimming of streams, what was left unfinished. */
  readonly start: () => void
  /** Does at once what is otherwise done every second; resolves when nothing is left to do. */
  readonly sweep: () => Promise<void>
  readonly close: () => void
}

/**
 * The engine over a store. It keeps nothing in memory but what is committed there, so that it goes on where it was.
 *
 * @param options.streamShards how many shards a new stream gets
 * @param options.throttle refuses what exceeds the capacity of provisioned tables and indexes
 * @param options.endpoint `host:port` for DescribeEndpoints: never AWS's, where clients would go on
 */
export function createDynamoDB(options: {
  readonly environment: Environment
  readonly store: Store
  readonly streamShards?: number
  readonly throttle?: boolean
  readonly endpoint?: () => string
}): DynamoDB {
  const { environment, store, streamShards = streamShardsDefault } = options
  const { endpoint = () => 'localhost:4566' } = options
  const catalog = new Catalog(store, environment)
  const streams = new Streams(store)
  const throttle = options.throttle === true ? new Throttle(environment.clock) : undefined
  const writes = new Writes(environment, store, catalog, streams, throttle)
  const nowMs = (): number => environment.clock.now()
  const background = new Background(environment, [
    () => deleteExpired(store, catalog, writes, nowMs()),
    () => trimStreams(store, streams, nowMs()),
    () => forgetTokens(store, nowMs()),
  ])
  const context: Context = {
    environment,
    store,
    catalog,
    streams,
    writes,
    background,
    throttle,
    streamShards,
    endpoint,
  }
  const items = operationTable(context, operations)
  const records = operationTable(context, streamOperations)
  return {
    services: [
      {
        kind: 'json',
        signingName: 'dynamodb',
        target: 'DynamoDB_20120810',
        version: '1.0',
        errorNamespace: 'com.amazonaws.dynamodb.v20120810',
        operations: items,
      },
      {
        kind: 'json',
        signingName: 'dynamodb',
        target: 'DynamoDBStreams_20120810',
        version: '1.0',
        errorNamespace: 'com.amazonaws.dynamodb.v20120810',
        operations: records,
      },
    ],
    operations: new Map([...items, ...records]),
    streams: streamSource(streams, environment),
    start() {
      background.start()
      clearRubbish(context)
      fillTables(context)
      resumeBackups(context)
      resumeRestores(context)
    },
    sweep: () => background.sweep(),
    close: () => background.close(),
  }
}
