import {
  AwsError,
  plainOutput,
  systemClock,
  systemIds,
  type Clock,
  type Environment,
  type Ids,
} from '../kernel/index.ts'
import { createDynamoDB as createEngine } from '../dynamodb/index.ts'
import { openLmdbStore, openMemoryStore, type Durability } from '../storage/index.ts'
import { createWire } from '../wire/index.ts'
import {
  sdkClientSettings,
  sdkRequestHandler,
  type SdkClientSettings,
  type SdkRequestHandler,
} from './sdk-request-handler.ts'

export { AwsError, manualClock, seededIds, type ManualClock } from '../kernel/index.ts'

export type DynamoDBOptions = {
  /** `memory` (default), or the folder that keeps the data. */
  readonly data?: 'memory' | { readonly folder: string }
  readonly durability?: Durability
  /** Refuses what exceeds the capacity of provisioned tables and indexes. */
  readonly throttle?: boolean
  readonly region?: string
  readonly accountId?: string
  readonly clock?: Clock
  readonly ids?: Ids
  readonly report?: Environment['report']
}

/** DynamoDB with Streams by itself, inside this process. */
export type EmbeddedDynamoDB = {
  /**
   * Runs one operation without HTTP.
   *
   * @param target the operation's name, for example `PutItem`
   * @param input its parameters in wire form
   * @returns its answer in wire form: plain objects
   * @throws AwsError as the service would
   */
  readonly handle: (target: string, input: unknown) => Promise<unknown>
  /** For the AWS SDK v3: `new DynamoDBClient(engine.clientSettings)` needs no port, no credentials, no signatures. */
  readonly clientSettings: SdkClientSettings
  /** The handler alone, for clients with settings of their own: `new DynamoDBClient({ requestHandler, … })`. */
  readonly requestHandler: SdkRequestHandler
  /** Serves on a port (0: any free one) of the loopback interface, or of `host`. */
  readonly listen: (options: { port: number; host?: string }) => Promise<{ port: number }>
  readonly close: () => Promise<void>
}

/** Starts the engine alone; nothing listens until `listen` is called. */
export function createDynamoDB(options: DynamoDBOptions = {}): EmbeddedDynamoDB {
  const environment: Environment = {
    clock: options.clock ?? systemClock,
    ids: options.ids ?? systemIds,
    region: options.region ?? 'us-east-1',
    accountId: options.accountId ?? '000000000000',
    report: options.report ?? (() => undefined),
  }
  const data = options.data ?? 'memory'
  const store =
    data === 'memory'
      ? openMemoryStore()
      : openLmdbStore(data.folder, { durability: options.durability ?? 'process' })
  const engine = createEngine({ environment, store, throttle: options.throttle === true })
  const wire = createWire({ environment, services: engine.services })
  const requestHandler = sdkRequestHandler(wire.handle)
  const servers: { close: () => Promise<void> }[] = []
  engine.start()
  return {
    async handle(target, input) {
      const operation = engine.operations.get(target)
      if (operation === undefined) {
        throw new AwsError('UnknownOperationException', `DynamoDB has no operation ${target}.`)
      }
      return plainOutput(await operation(input))
    },
    clientSettings: sdkClientSettings(environment.region, requestHandler),
    requestHandler,
    async listen({ port, host = '127.0.0.1' }) {
      const server = await wire.listen({ port, host })
      servers.push(server)
      return { port: server.port }
    },
    async close() {
      await Promise.all(servers.map((server) => server.close()))
      engine.close()
      await store.close()
    },
  }
}
