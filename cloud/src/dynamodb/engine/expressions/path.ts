import { attributeOf } from '../values/index.ts'
import type { AttributeValue, Item } from '../values/index.ts'
import type { Path } from './ast.ts'
import { invalid } from './placeholders.ts'
import type { Placeholders } from './placeholders.ts'
import type { WrittenPath } from './syntax.ts'

/** A written path with its `#names` looked up. */
export function resolvePath(written: WrittenPath, placeholders: Placeholders): Path {
  const [first, ...rest] = written.steps.map((step) => {
    if (typeof step === 'number') return step
    return step.placeholder ? placeholders.name(step.text) : step.text
  })
  if (typeof first !== 'string') throw new TypeError('A path begins with a name')
  return [first, ...rest]
}

/** What stands at a path, or undefined. */
export function valueAt(item: Item, path: Path): AttributeValue | undefined {
  let value = attributeOf(item, path[0])
  for (let index = 1; index < path.length && value !== undefined; index++) {
    value = memberOf(value, path[index])
  }
  return value
}

function memberOf(
  value: AttributeValue,
  step: string | number | undefined,
): AttributeValue | undefined {
  if (typeof step === 'number') return 'L' in value ? value.L[step] : undefined
  return step !== undefined && 'M' in value ? attributeOf(value.M, step) : undefined
}

/** A path as DynamoDB shows it in messages: `[a, [0], b]`. */
export const showPath = (path: Path): string =>
  `[${path.map((step) => (typeof step === 'number' ? `[${step}]` : step)).join(', ')}]`

export const samePath = (a: Path, b: Path): boolean =>
  a.length === b.length && a.every((step, index) => step === b[index])

/**
 * Refuses paths of which one lies within another, or that take the same value for a map and for a list.
 *
 * @throws AwsError ValidationException naming the first two
 */
export function requireApart(paths: readonly Path[]): void {
  for (const [index, second] of paths.entries()) {
    for (let earlier = 0; earlier < index; earlier++) {
      const first = paths[earlier]
      if (first !== undefined) requireTwoApart(first, second)
    }
  }
}

function requireTwoApart(one: Path, two: Path): void {
  const length = Math.min(one.length, two.length)
  for (let index = 0; index < length; index++) {
    if (one[index] === two[index]) continue
    if (typeof one[index] === typeof two[index]) return
    throw pathProblem('conflict', one, two)
  }
  throw pathProblem('overlap', one, two)
}

const pathProblem = (how: 'conflict' | 'overlap', one: Path, two: Path): Error =>
  invalid(
    `Two document paths ${how} with each other; must remove or rewrite one of these paths; ` +
      `path one: ${showPath(one)}, path two: ${showPath(two)}`,
  )
