import type { Json } from '../../template/index.ts'
import { inert, text, type PropertyTable } from '../property-shape.ts'
import { generatedName, type ResourceContext } from '../resource-context.ts'
import { resourceType, type ResourceType } from '../resource-type.ts'

/** What a recorded resource is called, and what Fn::GetAtt gives. */
export type Record = {
  readonly physicalId: string
  readonly attributes?: Readonly<{ [name: string]: Json }>
}

/**
 * A resource type that is written down and has no effect here: its properties are known by name, Ref and Fn::GetAtt
 * answer, nothing else happens.
 *
 * @param names its properties, the one that names it among them
 * @param nameProperty the property that holds the physical id; without it, or when a template leaves it out, the id
 *   is made up as CloudFormation does
 */
export function recorded(
  type: string,
  names: readonly string[],
  options: {
    readonly nameProperty?: string
    readonly attributes?: readonly string[]
    readonly record?: (name: string, context: ResourceContext) => Record
  } = {},
): ResourceType {
  const { nameProperty } = options
  const table: PropertyTable = Object.fromEntries(
    names.map((name) => [name, name === nameProperty ? text : inert]),
  )
  const nameOf = (wanted: Readonly<{ [name: string]: unknown }>): string | undefined => {
    const name = nameProperty === undefined ? undefined : wanted[nameProperty]
    return typeof name === 'string' ? name : undefined
  }
  return resourceType({
    type,
    properties: table,
    attributes: options.attributes ?? [],
    create(context, wanted) {
      const name = nameOf(wanted) ?? generatedName(context)
      const record = options.record?.(name, context) ?? { physicalId: name }
      return { physicalId: record.physicalId, attributes: record.attributes ?? {} }
    },
    update: (_context, existing, { before, after }) =>
      nameOf(before) === nameOf(after) ? existing : 'replace',
  })
}
