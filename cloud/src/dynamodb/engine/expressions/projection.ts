import { attributeOf, setAttribute } from '../values/index.ts'
import type { AttributeValue, Item, MutableItem } from '../values/index.ts'
import type { Path, Projection } from './ast.ts'
import { inExpression } from './expression-text.ts'
import { Cursor } from './lexer.ts'
import { requireApart, resolvePath } from './path.ts'
import type { Placeholders } from './placeholders.ts'
import { remembered } from './remembered.ts'
import { Mistakes, parsePath } from './syntax.ts'
import type { WrittenPath } from './syntax.ts'

/** Words that cannot begin a path, whatever the expression. */
const keywords: ReadonlySet<string> = new Set(['AND', 'OR', 'NOT', 'IN', 'BETWEEN'])

const written = remembered((text: string): readonly WrittenPath[] => {
  const cursor = new Cursor(text)
  const mistakes = new Mistakes()
  const paths = [parsePath(cursor, mistakes, keywords)]
  while (cursor.symbol(',')) paths.push(parsePath(cursor, mistakes, keywords))
  cursor.expectEnd()
  mistakes.throwFirst()
  return paths
})

/**
 * Parses a projection.
 *
 * @throws AwsError ValidationException `Invalid ProjectionExpression: …`
 */
export function parseProjection(text: string, placeholders: Placeholders): Projection {
  return inExpression('ProjectionExpression', text, () => {
    const paths = written(text).map((path) => resolvePath(path, placeholders))
    requireApart(paths)
    return { paths }
  })
}

/** The part of an item that a projection keeps. Kept elements of a list close up in their old order. */
export const projectItem = (projection: Projection, item: Item): Item =>
  projectPaths(projection.paths, item)

/** The part of an item at some paths; those that lead nowhere are left out. A path within another adds nothing. */
export function projectPaths(paths: readonly Path[], item: Item): Item {
  return projectMap(
    paths.map((path) => ({ path, depth: 0 })),
    item,
  )
}

/** A path and how many of its steps have been gone. */
type Way = { readonly path: Path; readonly depth: number }

function projectMap(ways: readonly Way[], item: Item): MutableItem {
  const kept: MutableItem = {}
  for (const [step, further] of byStep(ways)) {
    if (typeof step !== 'string') continue
    const value = attributeOf(item, step)
    const part = value === undefined ? undefined : projectValue(further, value)
    if (part !== undefined) setAttribute(kept, step, part)
  }
  return kept
}

function projectList(ways: readonly Way[], list: readonly AttributeValue[]): AttributeValue[] {
  const kept: AttributeValue[] = []
  const steps = [...byStep(ways)].sort(([a], [b]) => Number(a) - Number(b))
  for (const [step, further] of steps) {
    const value = typeof step === 'number' ? list[step] : undefined
    const part = value === undefined ? undefined : projectValue(further, value)
    if (part !== undefined) kept.push(part)
  }
  return kept
}

function projectValue(ways: readonly Way[], value: AttributeValue): AttributeValue | undefined {
  if (ways.some(({ path, depth }) => depth === path.length)) return value
  if ('M' in value) {
    const members = projectMap(ways, value.M)
    return Object.keys(members).length === 0 ? undefined : { M: members }
  }
  if ('L' in value) {
    const members = projectList(ways, value.L)
    return members.length === 0 ? undefined : { L: members }
  }
  return undefined
}

/** Ways that share their next step, gone one step further. */
function byStep(ways: readonly Way[]): Map<string | number, Way[]> {
  const groups = new Map<string | number, Way[]>()
  for (const { path, depth } of ways) {
    const step = path[depth]
    if (step === undefined) continue
    const way = { path, depth: depth + 1 }
    const group = groups.get(step)
    if (group === undefined) groups.set(step, [way])
    else group.push(way)
  }
  return groups
}
