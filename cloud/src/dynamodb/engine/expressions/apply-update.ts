import { addNumbers, checkItem, subtractNumbers } from '../values/index.ts'
import type { AttributeValue, Item } from '../values/index.ts'
import type { Path, Update, UpdateAction, UpdateOperand } from './ast.ts'
import { editItem, invalidPath } from './edit-item.ts'
import type { Edit } from './edit-item.ts'
import { valueAt } from './path.ts'
import { invalid } from './placeholders.ts'

/**
 * Makes an update. Every operand is read from the item as it was before; the item itself is not changed.
 *
 * @param item the item before; for a new one, its key attributes
 * @returns the item after, and the paths of all actions: what UPDATED_OLD and UPDATED_NEW show of either item
 * @throws AwsError ValidationException for operands that are missing or of the wrong type, impossible paths,
 *   numbers out of range
 */
export function applyUpdate(
  update: Update,
  item: Item,
): { readonly item: Item; readonly touched: readonly Path[] } {
  const mismatch = update.legacy === true ? legacyMismatch : expressionMismatch
  const edits = update.actions.map((action) => editOf(action, item, mismatch))
  const touched = update.actions.map(({ path }) => path)
  const after = editItem(item, edits)
  // A value put deep into a document may nest too deeply there, though it did not by itself.
  if (touched.some((path) => path.length > 1)) checkItem(after)
  return { item: after, touched }
}

const expressionMismatch = 'An operand in the update expression has an incorrect data type'
/** Observed for AttributeUpdates. */
const legacyMismatch = 'Type mismatch for attribute to update'

function editOf(action: UpdateAction, item: Item, mismatch: string): Edit {
  const { path } = action
  switch (action.kind) {
    case 'set':
      requireParent(path, item)
      return { path, to: valueOf(action.value, item) }
    case 'remove':
      return { path, to: valueAt(item, path) === undefined ? 'kept' : 'removed' }
    case 'add': {
      const before = valueAt(item, path)
      return {
        path,
        to: before === undefined ? action.value : sum(before, action.value, mismatch),
      }
    }
    case 'delete': {
      const before = valueAt(item, path)
      return { path, to: before === undefined ? 'kept' : less(before, action.value, mismatch) }
    }
  }
}

/** A path that leads nowhere is told of before a missing operand (observed on DynamoDB Local 3.3). */
function requireParent(path: Path, item: Item): void {
  const [first, ...further] = path
  const step = further.pop()
  if (step === undefined) return
  const parent = valueAt(item, [first, ...further])
  const fits = parent !== undefined && (typeof step === 'number' ? 'L' in parent : 'M' in parent)
  if (!fits) throw invalidPath()
}

function valueOf(operand: UpdateOperand, item: Item): AttributeValue {
  switch (operand.kind) {
    case 'value':
      return operand.value
    case 'path': {
      const value = valueAt(item, operand.path)
      if (value !== undefined) return value
      throw invalid(
        'The provided expression refers to an attribute that does not exist in the item',
      )
    }
    case 'ifNotExists':
      return valueAt(item, operand.path) ?? valueOf(operand.otherwise, item)
    case 'listAppend': {
      const first = valueOf(operand.first, item)
      const second = valueOf(operand.second, item)
      if (!('L' in first) || !('L' in second)) throw invalid(expressionMismatch)
      return { L: [...first.L, ...second.L] }
    }
    case 'add':
    case 'subtract': {
      const left = valueOf(operand.left, item)
      const right = valueOf(operand.right, item)
      if (!('N' in left) || !('N' in right)) throw invalid(expressionMismatch)
      const calculate = operand.kind === 'add' ? addNumbers : subtractNumbers
      return { N: calculate(left.N, right.N) }
    }
  }
}

/** ADD: numbers are added, sets united; lists joined, which only the legacy parameter may ask for. */
function sum(before: AttributeValue, value: AttributeValue, mismatch: string): AttributeValue {
  if ('N' in before && 'N' in value) return { N: addNumbers(before.N, value.N) }
  if ('SS' in before && 'SS' in value) return { SS: union(before.SS, value.SS) }
  if ('NS' in before && 'NS' in value) return { NS: union(before.NS, value.NS) }
  if ('BS' in before && 'BS' in value) return { BS: union(before.BS, value.BS) }
  if ('L' in before && 'L' in value) return { L: [...before.L, ...value.L] }
  throw invalid(mismatch)
}

/** DELETE: the members without some; a set that loses its last member is removed. */
function less(before: AttributeValue, value: AttributeValue, mismatch: string): Edit['to'] {
  if ('SS' in before && 'SS' in value) {
    const SS = difference(before.SS, value.SS)
    return SS.length === 0 ? 'removed' : { SS }
  }
  if ('NS' in before && 'NS' in value) {
    const NS = difference(before.NS, value.NS)
    return NS.length === 0 ? 'removed' : { NS }
  }
  if ('BS' in before && 'BS' in value) {
    const BS = difference(before.BS, value.BS)
    return BS.length === 0 ? 'removed' : { BS }
  }
  throw invalid(mismatch)
}

const union = (a: readonly string[], b: readonly string[]): string[] => [...new Set([...a, ...b])]

function difference(a: readonly string[], b: readonly string[]): string[] {
  const taken = new Set(b)
  return a.filter((member) => !taken.has(member))
}
