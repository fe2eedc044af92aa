import type { Environment, RestRoute } from '../../kernel/index.ts'
import type { EventSources } from '../event-sources/event-sources.ts'
import type { FunctionRegistry } from '../functions/registry.ts'
import type { AsyncQueue } from '../invocations/async-queue.ts'
import type { RunInvocation } from '../invocations/run.ts'

/** What the Lambda API's operations work on. */
export type RouteContext = {
  readonly environment: Environment
  readonly registry: FunctionRegistry
  readonly run: RunInvocation
  readonly asyncQueue: AsyncQueue
  readonly eventSources: EventSources
}

/** Makes an operation's route for a context. */
export type RouteMaker = (context: RouteContext) => RestRoute
