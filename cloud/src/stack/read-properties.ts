import {
  isDeferred,
  isList,
  isObject,
  kindOf,
  type Json,
  type JsonObject,
  type ProblemList,
} from '../template/index.ts'
import type { PropertiesOf, PropertyShape, PropertyTable } from './property-shape.ts'

/**
 * Reads resolved (or previewed) properties by a table: texts become the numbers and booleans that are wanted,
 * inert properties are dropped, everything else that the table does not name becomes a problem.
 *
 * @param path for example `Resource Table (AWS::DynamoDB::Table): Properties`
 */
export function readProperties<const M extends PropertyTable>(
  table: M,
  properties: JsonObject,
  path: string,
  problems: ProblemList,
): PropertiesOf<M> {
  // The one place where checked properties get their type.
  return readMembers(table, properties, path, problems) as unknown as PropertiesOf<M>
}

function readMembers(
  table: PropertyTable,
  properties: JsonObject,
  path: string,
  problems: ProblemList,
): JsonObject {
  const found: [string, Json][] = []
  for (const [name, value] of Object.entries(properties)) {
    const shape = Object.hasOwn(table, name) ? table[name] : undefined
    if (shape === undefined) {
      problems.add(`${path}.${name}`, 'is not simulated')
      continue
    }
    const read = readValue(shape, value, `${path}.${name}`, problems)
    if (read !== undefined) found.push([name, read])
  }
  for (const [name, shape] of Object.entries(table)) {
    if (shape.kind === 'required' && !Object.hasOwn(properties, name)) {
      problems.add(`${path}.${name}`, 'is missing')
    }
  }
  return Object.fromEntries(found)
}

function readValue(
  shape: PropertyShape,
  value: Json,
  path: string,
  problems: ProblemList,
): Json | undefined {
  switch (shape.kind) {
    case 'inert':
      return undefined
    case 'json':
      return value
    case 'refused':
      problems.add(path, `is not simulated: ${shape.reason}`)
      return undefined
    case 'required':
      return readValue(shape.of, value, path, problems)
    case 'text':
      return readText(shape.values, value, path, problems)
    case 'number':
      return readNumber(value, path, problems)
    case 'boolean':
      return readBoolean(value, path, problems)
    case 'list':
      return readList(shape.of, value, path, problems)
    case 'map':
      return readMap(shape.of, value, path, problems)
    case 'members':
      if (isObject(value)) return readMembers(shape.members, value, path, problems)
      return wrong('an object', value, path, problems)
  }
}

function wrong(wanted: string, value: Json, path: string, problems: ProblemList): undefined {
  if (!isDeferred(value)) problems.add(path, `must be ${wanted}, not ${kindOf(value)}`)
}

function readText(
  values: readonly string[] | undefined,
  value: Json,
  path: string,
  problems: ProblemList,
): Json | undefined {
  const text = typeof value === 'number' || typeof value === 'boolean' ? String(value) : value
  if (typeof text !== 'string') return wrong('text', value, path, problems)
  if (values !== undefined && !values.includes(text) && !isDeferred(text)) {
    problems.add(path, `"${text}" is not simulated; it takes ${values.join(', ')}`)
    return undefined
  }
  return text
}

function readNumber(value: Json, path: string, problems: ProblemList): Json | undefined {
  if (typeof value === 'number') return value
  if (typeof value === 'string' && value !== '' && Number.isFinite(Number(value))) {
    return Number(value)
  }
  return wrong('a number', value, path, problems)
}

function readBoolean(value: Json, path: string, problems: ProblemList): Json | undefined {
  if (value === true || value === 'true') return true
  if (value === false || value === 'false') return false
  return wrong('true or false', value, path, problems)
}

function readList(
  of: PropertyShape,
  value: Json,
  path: string,
  problems: ProblemList,
): Json | undefined {
  if (!isList(value)) return wrong('a list', value, path, problems)
  return value
    .map((each, index) => readValue(of, each, `${path}[${index}]`, problems))
    .filter((each) => each !== undefined)
}

function readMap(
  of: PropertyShape,
  value: Json,
  path: string,
  problems: ProblemList,
): Json | undefined {
  if (!isObject(value)) return wrong('an object', value, path, problems)
  const entries = Object.entries(value).map(
    ([key, each]) => [key, readValue(of, each, `${path}.${key}`, problems)] as const,
  )
  return Object.fromEntries(
    entries.filter((entry): entry is readonly [string, Json] => entry[1] !== undefined),
  )
}
