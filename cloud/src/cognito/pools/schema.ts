import { invalidParameter } from '../errors.ts'
import { customAttributesMax } from '../limits.ts'
import type { SchemaAttribute } from './pool.ts'
import { standardAttributes } from './standard-attributes.ts'

export type GivenSchemaAttribute = {
  readonly Name?: string | undefined
  readonly AttributeDataType?: SchemaAttribute['AttributeDataType'] | undefined
  readonly DeveloperOnlyAttribute?: boolean | undefined
  readonly Mutable?: boolean | undefined
  readonly Required?: boolean | undefined
  readonly NumberAttributeConstraints?:
    | { readonly MinValue?: string | undefined; readonly MaxValue?: string | undefined }
    | undefined
  readonly StringAttributeConstraints?:
    | { readonly MinLength?: string | undefined; readonly MaxLength?: string | undefined }
    | undefined
}

/** The schema of a new pool: the standard attributes as the caller changes them, then the custom ones. */
export function newSchema(given: readonly GivenSchemaAttribute[]): readonly SchemaAttribute[] {
  const standard = standardAttributes.map((each) => {
    const own = given.find(({ Name }) => Name === each.Name)
    return own === undefined ? each : ({ ...each, ...own, Name: each.Name } as SchemaAttribute)
  })
  const custom = given.filter(({ Name }) => !standardAttributes.some((each) => each.Name === Name))
  return withCustomAttributes(standard, custom)
}

/** @throws InvalidParameterException for a name that is taken, a required custom attribute, or too many */
export function withCustomAttributes(
  schema: readonly SchemaAttribute[],
  given: readonly GivenSchemaAttribute[],
): readonly SchemaAttribute[] {
  const all = [...schema]
  for (const each of given) {
    if (each.Name === undefined) throw invalidParameter('Attribute name is required.')
    const prefix = each.DeveloperOnlyAttribute === true ? 'dev:custom:' : 'custom:'
    const bare = each.Name.replace(/^(dev:)?custom:/, '')
    const name = `${prefix}${bare}`
    if (each.Required === true) {
      throw invalidParameter('Required custom attributes are not supported currently.')
    }
    if (all.some(({ Name }) => Name === name)) {
      throw invalidParameter(`${name}: Existing attribute already has name ${bare}.`)
    }
    all.push(customAttribute(name, each))
  }
  if (all.length - standardAttributes.length > customAttributesMax) {
    throw invalidParameter(`A user pool has at most ${customAttributesMax} custom attributes.`)
  }
  return all
}

function customAttribute(Name: string, given: GivenSchemaAttribute): SchemaAttribute {
  const type = given.AttributeDataType ?? 'String'
  const { MinLength, MaxLength } = given.StringAttributeConstraints ?? {}
  const { MinValue, MaxValue } = given.NumberAttributeConstraints ?? {}
  return {
    Name,
    AttributeDataType: type,
    DeveloperOnlyAttribute: given.DeveloperOnlyAttribute ?? false,
    Mutable: given.Mutable ?? true,
    Required: false,
    ...(type === 'String'
      ? {
          StringAttributeConstraints: {
            ...(MinLength === undefined ? {} : { MinLength }),
            ...(MaxLength === undefined ? {} : { MaxLength }),
          },
        }
      : {}),
    ...(type === 'Number'
      ? {
          NumberAttributeConstraints: {
            ...(MinValue === undefined ? {} : { MinValue }),
            ...(MaxValue === undefined ? {} : { MaxValue }),
          },
        }
      : {}),
  }
}
