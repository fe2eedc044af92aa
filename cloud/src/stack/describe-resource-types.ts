import type { PropertyShape, PropertyTable } from './property-shape.ts'
import { refusedTypes, resourceTypes } from './resource-types.ts'

/**
 * What templates may hold, as a page for people: each type with the properties that count here, those that are
 * accepted without effect, and those that are refused.
 */
export function describeResourceTypes(): string {
  const types = [...resourceTypes.values()].sort((a, b) => (a.type < b.type ? -1 : 1))
  return [
    '# CloudFormation types',
    '',
    'Made from the tables in `src/stack/resources/`; a test keeps it current. A type or property that is not here is',
    'refused by name before anything is created. *Inert*: accepted, has no effect on one machine.',
    '',
    ...types.flatMap(({ type, properties, attributes }) => [
      `## ${type}`,
      '',
      ...line('Used', namesOf(properties, isUsed)),
      ...line(
        'Inert',
        namesOf(properties, (shape) => shape.kind === 'inert'),
      ),
      ...line('Refused', refusals(properties)),
      ...line('Fn::GetAtt', attributes),
      '',
    ]),
    '## Refused types',
    '',
    ...[...refusedTypes].map(([type, reason]) => `- ${type}: ${reason}`),
    '',
  ].join('\n')
}

const line = (title: string, names: readonly string[]): readonly string[] =>
  names.length === 0 ? [] : [`- ${title}: ${names.join(', ')}`]

/** Names by their paths, for example `StreamSpecification.StreamViewType`. */
function namesOf(
  table: PropertyTable,
  wanted: (shape: PropertyShape) => boolean,
  prefix = '',
): readonly string[] {
  return Object.entries(table).flatMap(([name, shape]) => {
    const inner = membersOf(shape)
    if (inner !== undefined) return namesOf(inner, wanted, `${prefix}${name}.`)
    return wanted(shape) ? [`${prefix}${name}`] : []
  })
}

const isUsed = (shape: PropertyShape): boolean => shape.kind !== 'inert' && shape.kind !== 'refused'

function refusals(table: PropertyTable, prefix = ''): readonly string[] {
  return Object.entries(table).flatMap(([name, shape]) => {
    const inner = membersOf(shape)
    if (inner !== undefined) return refusals(inner, `${prefix}${name}.`)
    return shape.kind === 'refused' ? [`${prefix}${name} (${shape.reason})`] : []
  })
}

function membersOf(shape: PropertyShape): PropertyTable | undefined {
  if (shape.kind === 'members') return shape.members
  if (shape.kind === 'list' || shape.kind === 'required') return membersOf(shape.of)
  return undefined
}
