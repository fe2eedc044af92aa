import type { RouteMaker } from './context.ts'
import { eventSourceConfigurationOf } from './event-source-configuration.ts'
import { page } from './page.ts'

const MAX_ITEMS_MAX = 100

/** ListEventSourceMappings, of one function or of one source when asked so. */
export const listEventSourceMappings: RouteMaker = ({ environment, registry, eventSources }) => ({
  operation: 'ListEventSourceMappings',
  method: 'GET',
  path: '/2015-03-31/event-source-mappings',
  run({ query }) {
    const functionName = query.get('FunctionName')
    const wanted = functionName === null ? undefined : registry.require(functionName)
    const sourceArn = query.get('EventSourceArn')
    const found = eventSources
      .list()
      .filter(({ definition }) => {
        const isOfFunction =
          wanted === undefined || registry.find(definition.functionName) === wanted
        return isOfFunction && (sourceArn === null || definition.eventSourceArn === sourceArn)
      })
      .toSorted((one, other) => (one.definition.uuid < other.definition.uuid ? -1 : 1))
    const { items, nextMarker } = page(found, (each) => each.definition.uuid, query, MAX_ITEMS_MAX)
    return {
      status: 200,
      body: {
        EventSourceMappings: items.map((each) =>
          eventSourceConfigurationOf(environment, registry, each),
        ),
        NextMarker: nextMarker,
      },
    }
  },
})
