import { intrinsics } from './intrinsics.ts'
import {
  deferred,
  noValue,
  type Intrinsic,
  type IntrinsicContext,
  type Resolved,
} from './intrinsics/intrinsic.ts'
import { isList, isObject, member, type Json, type JsonObject } from './json.ts'
import { functionProblem } from './template-error.ts'

/** What is known of a resource: what Ref and Fn::GetAtt give. */
export type Physical = {
  readonly physicalId: string
  readonly attributes: Readonly<Record<string, Json>>
}

/** Tells a resource's physical id and attributes, or undefined as long as it does not exist. */
export type FindPhysical = (logicalId: string) => Physical | undefined

/** The values that a template can name besides its resources. */
export type Names = {
  /** Parameters and pseudo parameters. */
  readonly values: ReadonlyMap<string, Json>
  readonly mappings: JsonObject
  readonly condition: (name: string, path: string) => boolean
  readonly exported: (name: string) => string | undefined
  readonly region: string
  /** Logical ids of the resources whose condition holds. */
  readonly resources: ReadonlySet<string>
  /** Logical ids of the resources that a condition leaves out. */
  readonly leftOut: ReadonlySet<string>
}

export type Reference = { readonly logicalId: string; readonly attribute: string | undefined }

/**
 * Resolves one value of the template.
 *
 * @param find undefined resolves before anything exists: resources' values become deferred marks
 * @param seen is told each reference to a resource
 * @throws TemplateError naming `path`
 */
export function resolveValue(
  value: Json,
  path: string,
  names: Names,
  options: {
    readonly find?: FindPhysical
    readonly seen?: (reference: Reference, path: string) => void
    readonly functions?: ReadonlyMap<string, Intrinsic>
  } = {},
): Resolved {
  const functions = options.functions ?? intrinsics
  const context: IntrinsicContext = {
    resolve,
    ref(name, at) {
      if (name === 'AWS::NoValue') return noValue
      const known = names.values.get(name)
      if (known !== undefined) return known
      return physical({ logicalId: name, attribute: undefined }, at)
    },
    attribute: (logicalId, attribute, at) => physical({ logicalId, attribute }, at),
    condition: names.condition,
    mapping: (keys) =>
      keys.reduce<Json | undefined>(
        (found, key) => (isObject(found) ? member(found, key) : undefined),
        names.mappings,
      ),
    exported(name, at) {
      const found = names.exported(name)
      if (found === undefined) throw functionProblem(at, `names an unknown export ${name}`)
      return found
    },
    region: names.region,
  }

  function physical(reference: Reference, at: string): Json {
    const { logicalId, attribute } = reference
    if (!names.resources.has(logicalId)) {
      throw functionProblem(
        at,
        names.leftOut.has(logicalId)
          ? `names resource ${logicalId}, which its condition leaves out`
          : `names unknown resource ${logicalId}`,
      )
    }
    options.seen?.(reference, at)
    if (options.find === undefined) return deferred(logicalId, attribute)
    const found = options.find(logicalId)
    if (found === undefined) throw functionProblem(at, `needs ${logicalId}, which does not exist`)
    if (attribute === undefined) return found.physicalId
    const value = Object.hasOwn(found.attributes, attribute)
      ? found.attributes[attribute]
      : undefined
    if (value === undefined) {
      throw functionProblem(at, `names unknown attribute ${attribute} of ${logicalId}`)
    }
    return value
  }

  function resolve(nested: Json, at: string): Resolved {
    if (isList(nested)) {
      return nested
        .map((each, index) => resolve(each, `${at}[${index}]`))
        .filter((each) => each !== noValue)
    }
    if (!isObject(nested)) return nested
    const entries = Object.entries(nested)
    const [only] = entries
    if (entries.length === 1 && only !== undefined) {
      const intrinsic = functions.get(only[0])
      if (intrinsic !== undefined) return intrinsic(only[1], context, `${at}: ${only[0]}`)
      if (only[0].startsWith('Fn::')) {
        throw functionProblem(`${at}: ${only[0]}`, 'is no function that may stand here')
      }
    }
    const resolved = entries
      .map(([key, each]) => [key, resolve(each, `${at}.${key}`)] as const)
      .filter((entry): entry is readonly [string, Json] => entry[1] !== noValue)
    return Object.fromEntries(resolved)
  }

  return resolve(value, path)
}
