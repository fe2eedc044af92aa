import type { RouteMaker } from './context.ts'
import { configurationOf } from './configuration.ts'
import { page } from './page.ts'

const MAX_ITEMS_MAX = 50

/** ListFunctions: configurations in order of their names, a page at a time. */
export const listFunctions: RouteMaker = ({ registry }) => ({
  operation: 'ListFunctions',
  method: 'GET',
  path: '/2015-03-31/functions',
  run({ query }) {
    const definitions = registry.list().map((each) => each.definition)
    definitions.sort((one, other) => (one.name < other.name ? -1 : 1))
    const { items, nextMarker } = page(definitions, (each) => each.name, query, MAX_ITEMS_MAX)
    return { status: 200, body: { Functions: items.map(configurationOf), NextMarker: nextMarker } }
  },
})
