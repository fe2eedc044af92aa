import { isList, isObject, kindOf, member, type Json, type JsonObject } from './json.ts'
import type { Parameter } from './model.ts'
import { problemAt } from './template-error.ts'

const parameterMembers = new Set([
  'Type',
  'Default',
  'AllowedValues',
  'AllowedPattern',
  'ConstraintDescription',
  'Description',
  'MaxLength',
  'MaxValue',
  'MinLength',
  'MinValue',
  'NoEcho',
])

/** One member of the Parameters section. */
export function parseParameter(name: string, value: Json): Parameter {
  const path = `Parameter ${name}`
  if (!isObject(value)) throw problemAt(path, `must be an object, not ${kindOf(value)}`)
  for (const key of Object.keys(value)) {
    if (!parameterMembers.has(key)) throw problemAt(path, `${key} is no member of a parameter`)
  }
  const type = member(value, 'Type')
  if (typeof type !== 'string') throw problemAt(path, 'Type is missing')
  const allowed = member(value, 'AllowedValues')
  if (allowed !== undefined && !isList(allowed)) {
    throw problemAt(`${path}: AllowedValues`, 'must be a list')
  }
  const number = (key: string): number | undefined => numberMember(value, key, path)
  return {
    type,
    default: scalarText(member(value, 'Default'), `${path}: Default`),
    allowedValues: allowed?.map((each) => scalarText(each, `${path}: AllowedValues`) ?? ''),
    allowedPattern: scalarText(member(value, 'AllowedPattern'), `${path}: AllowedPattern`),
    minLength: number('MinLength'),
    maxLength: number('MaxLength'),
    minValue: number('MinValue'),
    maxValue: number('MaxValue'),
    noEcho: ['true', true].includes(plain(member(value, 'NoEcho'))),
    constraintDescription: scalarText(
      member(value, 'ConstraintDescription'),
      `${path}: ConstraintDescription`,
    ),
  }
}

const plain = (value: Json | undefined): string | boolean =>
  typeof value === 'string' || typeof value === 'boolean' ? value : false

function scalarText(value: Json | undefined, path: string): string | undefined {
  if (value === undefined) return undefined
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') {
    return String(value)
  }
  throw problemAt(path, `must be text or a number, not ${kindOf(value)}`)
}

function numberMember(source: JsonObject, key: string, path: string): number | undefined {
  const value = scalarText(member(source, key), `${path}: ${key}`)
  if (value === undefined) return undefined
  if (!Number.isFinite(Number(value))) throw problemAt(`${path}: ${key}`, 'must be a number')
  return Number(value)
}
