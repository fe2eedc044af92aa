import type { RestRoute } from '../../kernel/index.ts'
import type { RouteContext, RouteMaker } from './context.ts'
import { getEventSourceMapping } from './get-event-source-mapping.ts'
import { getFunction } from './get-function.ts'
import { getFunctionConfiguration } from './get-function-configuration.ts'
import { invoke } from './invoke.ts'
import { listEventSourceMappings } from './list-event-source-mappings.ts'
import { listFunctions } from './list-functions.ts'
import { refusedRoutes } from './refused.ts'
import { updateFunctionConfiguration } from './update-function-configuration.ts'

/** Every operation that is served; a new one is added here. */
const MAKERS: readonly RouteMaker[] = [
  invoke,
  listFunctions,
  getFunction,
  getFunctionConfiguration,
  updateFunctionConfiguration,
  listEventSourceMappings,
  getEventSourceMapping,
]

/** The Lambda API's routes. */
export const lambdaRoutes = (context: RouteContext): readonly RestRoute[] => [
  ...MAKERS.map((make) => make(context)),
  ...refusedRoutes,
]
