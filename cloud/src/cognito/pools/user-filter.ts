import { invalidParameter } from '../errors.ts'

/** ListUsers' filter: `name = "value"` or `name ^= "prefix"`. */
export type UserFilter = {
  readonly name: string
  readonly value: string
  readonly operator: '=' | '^='
}

const filterForm = /^\s*"?([\w:]+)"?\s*(\^?=)\s*"((?:[^"\\]|\\.)*)"\s*$/s
const searchable = new Set([
  'username',
  'email',
  'phone_number',
  'name',
  'given_name',
  'family_name',
  'preferred_username',
  'cognito:user_status',
  'status',
  'sub',
])

/** The filter, or undefined when there is none. @throws InvalidParameterException */
export function parseFilter(text: string | undefined): UserFilter | undefined {
  if (text === undefined || text.trim() === '') return undefined
  const match = filterForm.exec(text)
  if (match === null) throw invalidParameter('Error while parsing filter.')
  const [, name = '', operator, escaped = ''] = match
  if (!searchable.has(name)) {
    throw invalidParameter(`Attribute ${name} cannot be used for search.`)
  }
  return {
    name,
    value: escaped.replaceAll(/\\(.)/gs, '$1'),
    operator: operator === '^=' ? '^=' : '=',
  }
}
