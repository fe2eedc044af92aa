import type { Json } from '../../template/index.ts'
import type { PropertiesOf, PropertyTable } from '../property-shape.ts'
import { generatedId, type ResourceContext } from '../resource-context.ts'
import { resourceType, type ResourceSpec, type ResourceType } from '../resource-type.ts'

type ElementSpec<M extends PropertyTable> = {
  readonly type: string
  readonly properties: M
  readonly attributes?: readonly string[]
  readonly check?: NonNullable<ResourceSpec<M>['check']>
  /** Its id when it is not made up: a stage's is its name. */
  readonly id?: (properties: PropertiesOf<M>) => string
  readonly idLength?: number
  readonly attributesOf?: (
    id: string,
    context: ResourceContext,
    properties: PropertiesOf<M>,
  ) => Readonly<Record<string, Json>>
  /** Properties that cannot be changed in place. */
  readonly fixed?: readonly (keyof M & string)[]
}

/** API Gateway's ids: 10 characters for APIs, 6 or 7 for what they are made of. */
const idLengthDefault = 7

/**
 * A piece of an API: an API, a stage, a route, a method. It is written down alone; after each deployment the
 * pieces are gathered and handed to the gateway as one definition.
 */
export function apiElement<const M extends PropertyTable>(spec: ElementSpec<M>): ResourceType {
  return resourceType<M>({
    type: spec.type,
    properties: spec.properties,
    attributes: spec.attributes ?? [],
    ...(spec.check === undefined ? {} : { check: spec.check }),
    create(context, wanted) {
      const id = spec.id?.(wanted) ?? generatedId(context, spec.idLength ?? idLengthDefault)
      return { physicalId: id, attributes: spec.attributesOf?.(id, context, wanted) ?? {} }
    },
    update(context, existing, { before, after }) {
      const value = (from: object, name: string): unknown => Reflect.get(from, name)
      const moved = (spec.fixed ?? []).some(
        (name) => JSON.stringify(value(before, name)) !== JSON.stringify(value(after, name)),
      )
      if (moved) return 'replace'
      const id = existing.physicalId
      return { physicalId: id, attributes: spec.attributesOf?.(id, context, after) ?? {} }
    },
  })
}
