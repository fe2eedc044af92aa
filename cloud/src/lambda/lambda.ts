import { AwsError, type Environment, type HttpHandler, type Service } from '../kernel/index.ts'
import { createCapacity } from './environments/capacity.ts'
import { measuredPressure, type Pressure } from './environments/pressure.ts'
import { ExecutionEnvironment } from './environments/execution-environment.ts'
import { FunctionPool } from './environments/function-pool.ts'
import { createMemoryWatch } from './environments/memory-watch.ts'
import { createEventSources, type EventSources } from './event-sources/event-sources.ts'
import type { FunctionDefinition } from './functions/definition.ts'
import { FunctionRegistry } from './functions/registry.ts'
import { AsyncQueue } from './invocations/async-queue.ts'
import { createRun } from './invocations/run.ts'
import { defaultLimits, type LambdaLimits } from './limits.ts'
import type {
  CheckpointStore,
  InvokeFunction,
  LogSink,
  SendToDestination,
  StreamSource,
} from './ports.ts'
import { lambdaRoutes } from './routes/routes.ts'

export type LambdaOptions = {
  readonly environment: Environment
  readonly logs: LogSink
  /** The cloud that functions call: its address, and what answers them without a socket. */
  readonly cloud: { readonly endpoint: () => string; readonly handle: HttpHandler }
  readonly streams: StreamSource
  readonly checkpoints: CheckpointStore
  readonly destinations: SendToDestination
  readonly limits?: Partial<LambdaLimits>
  /** Gives functions the processor share of their memory size, and tells their cost; else they run as fast as they can. */
  readonly cpuScale?: boolean
  /** The machine's own unless given. */
  readonly pressure?: Pressure
}

export type Lambda = {
  readonly services: readonly Service[]
  readonly invoke: InvokeFunction
  readonly functions: {
    /** @throws AwsError InvalidParameterValueException for a runtime that does not run here */
    readonly put: (definition: FunctionDefinition) => void
    readonly remove: (name: string) => void
    readonly get: (nameOrArn: string) => FunctionDefinition | undefined
    readonly list: () => readonly FunctionDefinition[]
  }
  readonly eventSources: Pick<EventSources, 'put' | 'remove' | 'list'>
  readonly start: () => void
  /** Ends all environments; requests that are not answered yet are rejected. */
  readonly close: () => Promise<void>
  readonly statistics: () => LambdaStatistics
}

export type LambdaStatistics = {
  readonly environments: number
  readonly queuedBytes: number
  readonly asyncEvents: number
  readonly functions: readonly {
    readonly name: string
    readonly environments: number
    readonly load: number
  }[]
}

/** Lambda: runs functions from their bundles, serves its API, feeds functions from streams. */
export function createLambda(options: LambdaOptions): Lambda {
  const { environment, logs, cloud, destinations } = options
  const limits = { ...defaultLimits, ...options.limits }
  const capacity = createCapacity(environment.clock, limits)
  const pressure = options.pressure ?? measuredPressure()
  const memoryWatch = createMemoryWatch()
  const registry = new FunctionRegistry(environment, (definition) => {
    const start = {
      environment,
      definition,
      logs,
      logDelayMs: limits.logDelayMs,
      cloud,
      memoryWatch,
    }
    return new FunctionPool({
      clock: environment.clock,
      definition,
      limits,
      capacity,
      pressure,
      start: (listener) =>
        new ExecutionEnvironment({
          ...start,
          cpuScale: options.cpuScale === true,
          cloudHosts: hostsOf(cloud.endpoint()),
          listener,
        }),
    })
  })
  const run = createRun(environment, capacity)
  const invoke: InvokeFunction = async (functionNameOrArn, payload) => {
    const outcome = await run(registry.require(functionNameOrArn), payload)
    const { requestId } = outcome
    return outcome.failed
      ? { payload: outcome.payload, requestId, functionError: 'Unhandled' }
      : { payload: outcome.payload, requestId }
  }
  const { streams, checkpoints } = options
  const eventSources = createEventSources({
    environment,
    invoke,
    streams,
    checkpoints,
    destinations,
  })
  const asyncQueue = new AsyncQueue({ environment, registry, run, destinations, limits })
  const routes = lambdaRoutes({ environment, registry, run, asyncQueue, eventSources })
  return {
    services: [{ kind: 'rest', signingName: 'lambda', routes }],
    invoke,
    functions: {
      put: (definition) => registry.put(definition),
      remove: (name) => registry.remove(name),
      get: (nameOrArn) => registry.find(nameOrArn)?.definition,
      list: () => registry.list().map((each) => each.definition),
    },
    eventSources,
    start: () => eventSources.start(),
    async close() {
      asyncQueue.close()
      await eventSources.close()
      await registry.close(stopping())
      memoryWatch.close()
    },
    statistics: () => ({
      ...capacity.inUse(),
      asyncEvents: asyncQueue.length,
      functions: registry.list().map(({ definition, pool }) => ({
        name: definition.name,
        environments: pool.environments,
        load: pool.load,
      })),
    }),
  }
}

const stopping = (): AwsError =>
  new AwsError('ServiceException', 'The cloud is stopping.', { status: 503 })

/** The names under which a function may call the cloud's endpoint; every loopback name means the same. */
function hostsOf(endpoint: string): string[] {
  const url = new URL(endpoint)
  const port = url.port === '' ? '80' : url.port
  const loopback = ['localhost', '127.0.0.1', '[::1]', '::1', '0.0.0.0']
  const names = loopback.includes(url.hostname) ? loopback : [url.hostname]
  return names.map((name) => `${name}:${port}`)
}
