import { AwsError } from '../../kernel/index.ts'
import { invalidParameter } from '../errors.ts'
import type { Client, Pool, SchemaAttribute } from './pool.ts'

export type GivenAttribute = { readonly Name: string; readonly Value?: string | undefined }

/** Who changes attributes: an administrator may set what users may not. */
export type Setter = { readonly by: 'admin' } | { readonly by: 'user'; readonly client: Client }

const emailForm = /^[^@\s]+@[^@\s]+\.?[^@\s]*$/
/** E.164: a plus sign and up to fifteen digits. */
const phoneForm = /^\+[1-9]\d{1,14}$/
const birthdateForm = /^\d{4}-\d{2}-\d{2}$/
const onlyByAdmin = new Set(['email_verified', 'phone_number_verified'])

/**
 * Checks attributes against the pool's schema, in the order they were given.
 *
 * @throws InvalidParameterException, NotAuthorizedException
 */
export function checkAttributes(
  pool: Pool,
  given: readonly GivenAttribute[],
  setter: Setter,
): void {
  for (const { Name, Value = '' } of given) {
    const schema = schemaOf(pool, Name)
    if (schema === undefined) {
      throw invalidParameter(
        `Attributes did not conform to the schema: Type for attribute {${Name}} could not be determined`,
      )
    }
    if (setter.by === 'user') requireWritable(setter.client, Name)
    if (Value !== '') checkValue(schema, Name, Value)
  }
}

/** @throws InvalidParameterException naming the first required attribute that is absent */
export function checkRequired(pool: Pool, given: readonly GivenAttribute[]): void {
  const missing = pool.settings.SchemaAttributes.filter(
    ({ Name, Required }) =>
      Required && Name !== 'sub' && !given.some((each) => each.Name === Name && each.Value),
  ).map(({ Name }) => Name)
  if (missing.length === 0) return
  throw invalidParameter(
    `Attributes did not conform to the schema: ${missing
      .map((name) => `${name}: The attribute ${name} is required`)
      .join('\n')}`,
  )
}

/** @throws InvalidParameterException for an attribute that may be set only when the user is made */
export function checkMutable(pool: Pool, names: readonly string[]): void {
  for (const name of names) {
    if (schemaOf(pool, name)?.Mutable === false) {
      throw invalidParameter(
        `user.${name}: Attribute cannot be updated. (changing an immutable attribute)`,
      )
    }
  }
}

export const schemaOf = (pool: Pool, name: string): SchemaAttribute | undefined =>
  pool.settings.SchemaAttributes.find((each) => each.Name === name)

/** "Working with user attributes": clients name what they may write; the flags are never theirs. */
function requireWritable(client: Client, name: string): void {
  const listed = client.WriteAttributes === undefined || client.WriteAttributes.includes(name)
  if (name === 'sub' || name.startsWith('dev:') || !listed || onlyByAdmin.has(name)) {
    throw new AwsError(
      'NotAuthorizedException',
      'A client attempted to write unauthorized attribute',
    )
  }
}

function checkValue(schema: SchemaAttribute, name: string, value: string): void {
  const broken = (what: string) =>
    invalidParameter(`Attributes did not conform to the schema: ${name}: ${what}`)
  if (name === 'sub') throw invalidParameter('Cannot modify the non-mutable attribute sub')
  if (name === 'email' && !emailForm.test(value)) {
    throw invalidParameter('Invalid email address format.')
  }
  if (name === 'phone_number' && !phoneForm.test(value)) {
    throw invalidParameter('Invalid phone number format.')
  }
  if (name === 'birthdate' && !birthdateForm.test(value)) throw broken('Invalid birthdate format.')
  switch (schema.AttributeDataType) {
    case 'String': {
      const { MinLength, MaxLength } = schema.StringAttributeConstraints ?? {}
      if (MinLength !== undefined && value.length < Number(MinLength)) {
        throw broken('String must be at least ' + MinLength + ' characters long')
      }
      if (MaxLength !== undefined && value.length > Number(MaxLength)) {
        throw broken('String must be at most ' + MaxLength + ' characters long')
      }
      return
    }
    case 'Number': {
      const { MinValue, MaxValue } = schema.NumberAttributeConstraints ?? {}
      const number = Number(value)
      if (!Number.isFinite(number)) throw broken('Attribute is not a number')
      if (MinValue !== undefined && number < Number(MinValue)) {
        throw broken('Number must be at least ' + MinValue)
      }
      if (MaxValue !== undefined && number > Number(MaxValue)) {
        throw broken('Number must be at most ' + MaxValue)
      }
      return
    }
    case 'Boolean':
      if (value !== 'true' && value !== 'false') throw broken('Attribute is not a boolean')
      return
    case 'DateTime':
      if (Number.isNaN(Date.parse(value))) throw broken('Attribute is not a date and time')
  }
}
