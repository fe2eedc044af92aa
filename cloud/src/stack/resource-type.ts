import { AwsError } from '../kernel/index.ts'
import { ProblemList, type Json, type JsonObject } from '../template/index.ts'
import type { ResourceContext } from './resource-context.ts'
import type { PropertiesOf, PropertyTable } from './property-shape.ts'
import { readProperties } from './read-properties.ts'

/** A resource as it exists: what Ref gives, what Fn::GetAtt gives, and what only its own type looks at. */
export type PhysicalResource = {
  readonly physicalId: string
  readonly attributes: Readonly<Record<string, Json>>
  readonly internal?: JsonObject
}

export type ResourceSpec<M extends PropertyTable> = {
  readonly type: string
  readonly properties: M
  /** Names that Fn::GetAtt takes. */
  readonly attributes?: readonly string[]
  /** What a template says that is known to fail, told before anything is created. */
  readonly check?: (
    properties: PropertiesOf<M>,
    report: (path: string, sentence: string) => void,
    context: ResourceContext,
  ) => void
  /** Changes when something outside the template that the resource is made from changes (a function's code). */
  readonly fingerprint?: (
    properties: PropertiesOf<M>,
    context: ResourceContext,
  ) => string | undefined
  readonly create: (
    context: ResourceContext,
    properties: PropertiesOf<M>,
  ) => PhysicalResource | Promise<PhysicalResource>
  /** `replace`: this change needs a new resource. Without it every change does. */
  readonly update?: (
    context: ResourceContext,
    existing: PhysicalResource,
    change: { readonly before: PropertiesOf<M>; readonly after: PropertiesOf<M> },
  ) => PhysicalResource | 'replace' | Promise<PhysicalResource | 'replace'>
  /** Succeeds when the resource is gone already. */
  readonly remove?: (
    context: ResourceContext,
    existing: PhysicalResource,
    properties: PropertiesOf<M>,
  ) => void | Promise<void>
  /** Registers again what lives in memory only, when the cloud starts. */
  readonly restore?: (
    context: ResourceContext,
    existing: PhysicalResource,
    properties: PropertiesOf<M>,
  ) => void
}

/** A resource type whose properties are read from JSON: what deployments work with. */
export type ResourceType = {
  readonly type: string
  readonly properties: PropertyTable
  readonly attributes: readonly string[]
  /** Adds to `problems` what cannot be deployed; properties may hold deferred marks. */
  readonly validate: (
    context: ResourceContext,
    properties: JsonObject,
    problems: ProblemList,
  ) => void
  readonly fingerprint: (context: ResourceContext, properties: JsonObject) => string | undefined
  readonly create: (context: ResourceContext, properties: JsonObject) => Promise<PhysicalResource>
  readonly update: (
    context: ResourceContext,
    existing: PhysicalResource,
    change: { readonly before: JsonObject; readonly after: JsonObject },
  ) => Promise<PhysicalResource | 'replace'>
  readonly remove: (
    context: ResourceContext,
    existing: PhysicalResource,
    properties: JsonObject,
  ) => Promise<void>
  readonly restore: (
    context: ResourceContext,
    existing: PhysicalResource,
    properties: JsonObject,
  ) => void
}

/** Makes a resource type from its table of properties and what it does. */
export function resourceType<const M extends PropertyTable>(spec: ResourceSpec<M>): ResourceType {
  const pathOf = (context: ResourceContext): string =>
    `Resource ${context.logicalId} (${spec.type}): Properties`
  function read(context: ResourceContext, properties: JsonObject): PropertiesOf<M> {
    const problems = new ProblemList()
    const typed = readProperties(spec.properties, properties, pathOf(context), problems)
    problems.throwIfAny()
    return typed
  }
  return {
    type: spec.type,
    properties: spec.properties,
    attributes: spec.attributes ?? [],
    validate(context, properties, problems) {
      const before = problems.found.length
      const path = pathOf(context)
      const typed = readProperties(spec.properties, properties, path, problems)
      if (problems.found.length > before) return // a check may rely on what is missing
      spec.check?.(typed, (name, sentence) => problems.add(`${path}.${name}`, sentence), context)
    },
    fingerprint: (context, properties) => spec.fingerprint?.(read(context, properties), context),
    create: async (context, properties) => spec.create(context, read(context, properties)),
    update: async (context, existing, { before, after }) =>
      spec.update?.(context, existing, {
        before: read(context, before),
        after: read(context, after),
      }) ?? 'replace',
    remove: async (context, existing, properties) =>
      spec.remove?.(context, existing, read(context, properties)),
    restore: (context, existing, properties) =>
      spec.restore?.(context, existing, read(context, properties)),
  }
}

/** Runs `work`; gives undefined when it fails with one of these codes (already gone, already there). */
export async function unless<T>(
  codes: readonly string[],
  work: () => T | Promise<T>,
): Promise<T | undefined> {
  try {
    return await work()
  } catch (error) {
    if (error instanceof AwsError && codes.includes(error.code)) return undefined
    throw error
  }
}
