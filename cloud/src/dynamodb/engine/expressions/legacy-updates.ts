import { checkAttributeValue, typeOf } from '../values/index.ts'
import type { AttributeValue } from '../values/index.ts'
import type { Projection, Update, UpdateAction } from './ast.ts'
import { invalid } from './placeholders.ts'
import { updateOfActions } from './update.ts'

export type AttributeUpdate = {
  readonly Action?: 'PUT' | 'ADD' | 'DELETE' | undefined
  readonly Value?: AttributeValue | undefined
}

/**
 * AttributeUpdates as an update; AWS page "AttributeUpdates (legacy)".
 *
 * @throws AwsError ValidationException
 */
export function updateOf(updates: Readonly<Record<string, AttributeUpdate>>): Update {
  const actions = Object.entries(updates).map(([name, update]) => actionOf(name, update))
  return { ...updateOfActions(actions), legacy: true }
}

function actionOf(name: string, { Action = 'PUT', Value }: AttributeUpdate): UpdateAction {
  const path = [name] as const
  if (Value === undefined) {
    if (Action === 'DELETE') return { kind: 'remove', path }
    throw invalidParameter('Only DELETE action is allowed when no attribute value is specified')
  }
  const value = checkAttributeValue(Value)
  if (Action === 'PUT') return { kind: 'set', path, value: { kind: 'value', value } }
  const type = typeOf(value)
  const isSet = type === 'SS' || type === 'NS' || type === 'BS'
  if (Action === 'DELETE') {
    if (isSet) return { kind: 'delete', path, value }
    throw invalidParameter(`DELETE action with value is not supported for the type ${type}`)
  }
  if (isSet || type === 'N' || type === 'L') return { kind: 'add', path, value }
  throw invalidParameter(`ADD action is not supported for the type ${type}`)
}

/**
 * AttributesToGet as a projection: whole attributes only.
 *
 * @throws AwsError ValidationException when a name stands twice
 */
export function projectionOf(names: readonly string[]): Projection {
  const seen = new Set<string>()
  for (const name of names) {
    if (seen.has(name)) throw invalidParameter(`Duplicate value in attribute name: ${name}`)
    seen.add(name)
  }
  return { paths: names.map((name) => [name] as const) }
}

const invalidParameter = (message: string): Error =>
  invalid(`One or more parameter values were invalid: ${message}`)
