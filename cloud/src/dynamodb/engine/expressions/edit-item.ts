import { attributeOf, setAttribute } from '../values/index.ts'
import type { AttributeValue, Item, MutableItem } from '../values/index.ts'
import type { Path } from './ast.ts'
import { invalid } from './placeholders.ts'

/**
 * What becomes of the place at a path: a value put there, what is there taken away, or left as it is (the path
 * must then still be a possible one).
 */
export type Edit = { readonly path: Path; readonly to: AttributeValue | 'removed' | 'kept' }

/**
 * An item with edits made, the parts they do not touch shared with the old one. Indexes of lists are those of the
 * old item: values for places past a list's end are appended in the order of their indexes, and gaps close after all
 * else is done.
 *
 * @param edits at paths that are apart
 * @throws AwsError ValidationException when a path's parent is not there or of another type
 */
export const editItem = (item: Item, edits: readonly Edit[]): Item => editMap(item, edits, 0)

function editMap(members: Item, edits: readonly Edit[], depth: number): MutableItem {
  const copy: MutableItem = { ...members }
  for (const [step, group] of byStep(edits, depth)) {
    if (typeof step !== 'string') throw invalidPath()
    const to = outcome(attributeOf(members, step), group, depth + 1)
    if (to === 'removed') delete copy[step]
    else if (to !== 'kept') setAttribute(copy, step, to)
  }
  return copy
}

function editList(
  members: readonly AttributeValue[],
  edits: readonly Edit[],
  depth: number,
): AttributeValue[] {
  const copy = [...members]
  const removed = new Set<number>()
  const groups = [...byStep(edits, depth)].sort(([a], [b]) => Number(a) - Number(b))
  for (const [step, group] of groups) {
    if (typeof step !== 'number') throw invalidPath()
    const to = outcome(members[step], group, depth + 1)
    if (to === 'removed') removed.add(step)
    else if (to !== 'kept') copy[Math.min(step, copy.length)] = to
  }
  return removed.size === 0
    ? copy
    : copy.filter((_, index) => index >= members.length || !removed.has(index))
}

/** What the edits of one group, which share their first `depth` steps, make of the value there. */
function outcome(
  value: AttributeValue | undefined,
  edits: readonly Edit[],
  depth: number,
): Edit['to'] {
  const [first] = edits
  if (first !== undefined && first.path.length === depth) return first.to
  if (value === undefined) throw invalidPath()
  if ('M' in value) return { M: editMap(value.M, edits, depth) }
  if ('L' in value) return { L: editList(value.L, edits, depth) }
  throw invalidPath()
}

function byStep(edits: readonly Edit[], depth: number): Map<string | number, Edit[]> {
  const groups = new Map<string | number, Edit[]>()
  for (const edit of edits) {
    const step = edit.path[depth]
    if (step === undefined) continue
    const group = groups.get(step)
    if (group === undefined) groups.set(step, [edit])
    else group.push(edit)
  }
  return groups
}

export const invalidPath = (): Error =>
  invalid('The document path provided in the update expression is invalid for update')
