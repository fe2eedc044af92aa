import { ProblemList, type JsonObject } from '../../template/index.ts'
import type { ResourceState } from '../deploy/stack-state.ts'
import type { PropertiesOf, PropertyTable } from '../property-shape.ts'
import { readProperties } from '../read-properties.ts'

/** A deployed piece of an API, whatever stack it belongs to. */
export type Element<P> = { readonly id: string; readonly wanted: P }

/** All deployed resources by type. */
export type ElementsByType = ReadonlyMap<string, readonly ResourceState[]>

export function byType(resources: Iterable<ResourceState>): ElementsByType {
  const found = new Map<string, ResourceState[]>()
  for (const resource of resources) {
    if (resource.status === 'CREATE_IN_PROGRESS') continue
    const same = found.get(resource.type)
    if (same === undefined) found.set(resource.type, [resource])
    else same.push(resource)
  }
  return found
}

/** The resources of a type, with their properties read by its table. */
export const elementsOf = <const M extends PropertyTable>(
  elements: ElementsByType,
  type: string,
  table: M,
): readonly Element<PropertiesOf<M>>[] =>
  (elements.get(type) ?? []).map((resource) => ({
    id: resource.physicalId,
    wanted: read(table, resource.properties),
  }))

/** What was deployed has passed its checks; what a later version would refuse is left out. */
const read = <const M extends PropertyTable>(table: M, properties: JsonObject): PropertiesOf<M> =>
  readProperties(table, properties, '', new ProblemList())
