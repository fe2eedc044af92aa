import { invalidParameter } from '../errors.ts'
import { checkMutable, schemaOf } from '../pools/attributes.ts'
import type { Pool } from '../pools/pool.ts'
import type { Attribute, User } from '../pools/user.ts'

/** A user's attributes without some; required and immutable ones stay. @throws InvalidParameterException */
export function attributesWithout(
  pool: Pool,
  user: User,
  names: readonly string[],
): readonly Attribute[] {
  checkMutable(pool, names)
  for (const name of names) {
    if (schemaOf(pool, name) === undefined || name === 'sub') {
      throw invalidParameter(
        `Attributes did not conform to the schema: Type for attribute {${name}} could not be determined`,
      )
    }
    if (schemaOf(pool, name)?.Required === true) {
      throw invalidParameter(`Cannot delete required attribute ${name}`)
    }
  }
  const gone = new Set(names.flatMap((name) => [name, `${name}_verified`]))
  return user.attributes.filter(({ Name }) => !gone.has(Name))
}
