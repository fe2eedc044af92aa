import { valueAt, type Path } from '../expressions/index.ts'
import { setAttribute, type AttributeValue, type Item, type MutableItem } from '../values/index.ts'

/**
 * What a SELECT keeps of an item. A value from within a map stands under its own name; one from within a list
 * under the list's name and its index, `l[0]`, with the rest of its path around it (observed on DynamoDB Local 3.3).
 */
export function projectRow(paths: readonly Path[], item: Item): Item {
  const row: MutableItem = {}
  for (const path of paths) {
    const value = valueAt(item, path)
    if (value === undefined) continue
    const { name, within } = columnOf(path)
    setAttribute(row, name, wrapped(within, value))
  }
  return row
}

function columnOf(path: Path): { name: string; within: readonly (string | number)[] } {
  const firstIndex = path.findIndex((step) => typeof step === 'number')
  if (firstIndex < 0) return { name: String(path.at(-1)), within: [] }
  let end = firstIndex
  let name = String(path[firstIndex - 1])
  for (let step = path[end]; typeof step === 'number'; step = path[++end]) name += `[${step}]`
  return { name, within: path.slice(end) }
}

function wrapped(steps: readonly (string | number)[], value: AttributeValue): AttributeValue {
  return steps.reduceRight<AttributeValue>((inner, step) => {
    if (typeof step === 'number') return { L: [inner] }
    const members: MutableItem = {}
    setAttribute(members, step, inner)
    return { M: members }
  }, value)
}
