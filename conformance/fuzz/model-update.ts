import type { Item, Path, SetOperand, UpdateAction, Value } from './commands.ts'
import { checked, readNumber, writeNumber } from './decimal.ts'
import { at, get } from './model-values.ts'

/** An update that the item found does not allow. */
export class CannotUpdate extends Error {}

/** "Update expressions": every operand is read from the item as it was. @throws CannotUpdate, NoNumber */
export function updated(before: Item, actions: readonly UpdateAction[]): Item {
  const after: Item = structuredClone(before)
  for (const action of actions) {
    if ('set' in action) put(after, action.set, valueOf(before, action.to))
    else if ('remove' in action) remove(after, action.remove)
    else if ('add' in action) {
      put(after, [action.add], sum(get(before, action.add), action.value))
    } else {
      const left = difference(get(before, action.delete), action.value)
      if (left === undefined) remove(after, [action.delete])
      else put(after, [action.delete], left)
    }
  }
  return after
}

function parentOf(item: Item, path: Path): Value {
  const parent = at(item, path.slice(0, -1))
  if (parent === undefined) throw new CannotUpdate()
  return parent
}

function put(item: Item, path: Path, value: Value): void {
  const step = path.at(-1)
  if (path.length === 1 && typeof step === 'string') return define(item, step, value)
  const parent = parentOf(item, path)
  if (typeof step === 'string' && 'M' in parent) define(parent.M, step, value)
  else if (typeof step === 'number' && 'L' in parent) {
    parent.L[Math.min(step, parent.L.length)] = value
  } else throw new CannotUpdate()
}

function remove(item: Item, path: Path): void {
  const step = path.at(-1)
  const parent = path.length === 1 ? { M: item } : parentOf(item, path)
  if (typeof step === 'string' && 'M' in parent) delete parent.M[step]
  else if (typeof step === 'number' && 'L' in parent) parent.L.splice(step, 1)
  else throw new CannotUpdate()
}

const define = (item: Item, name: string, value: Value): void =>
  void Object.defineProperty(item, name, {
    value,
    enumerable: true,
    configurable: true,
    writable: true,
  })

function valueOf(item: Item, operand: SetOperand): Value {
  if ('value' in operand) return operand.value
  if ('path' in operand) {
    const value = at(item, operand.path)
    if (value === undefined) throw new CannotUpdate()
    return value
  }
  if ('ifNotExists' in operand) return at(item, operand.ifNotExists) ?? operand.otherwise
  if ('append' in operand) {
    const [one, two] = operand.append.map((each) => valueOf(item, each))
    if (one === undefined || two === undefined || !('L' in one) || !('L' in two)) {
      throw new CannotUpdate()
    }
    return { L: [...one.L, ...two.L] }
  }
  const [left, right] = operand.sum.map((each) => valueOf(item, each))
  if (left === undefined || right === undefined || !('N' in left) || !('N' in right)) {
    throw new CannotUpdate()
  }
  const sign = operand.sign === '+' ? 1n : -1n
  return { N: writeNumber(checked(readNumber(left.N) + sign * readNumber(right.N))) }
}

function sum(before: Value | undefined, added: Value): Value {
  if (before === undefined) return added
  if ('N' in before && 'N' in added) {
    return { N: writeNumber(checked(readNumber(before.N) + readNumber(added.N))) }
  }
  if ('SS' in before && 'SS' in added) return { SS: [...new Set([...before.SS, ...added.SS])] }
  if ('NS' in before && 'NS' in added) return { NS: [...new Set([...before.NS, ...added.NS])] }
  throw new CannotUpdate()
}

/** Undefined when nothing is left. */
function difference(before: Value | undefined, taken: Value): Value | undefined {
  if (before === undefined) return undefined
  if ('SS' in before && 'SS' in taken) {
    const SS = before.SS.filter((each) => !taken.SS.includes(each))
    return SS.length === 0 ? undefined : { SS }
  }
  if ('NS' in before && 'NS' in taken) {
    const NS = before.NS.filter((each) => !taken.NS.includes(each))
    return NS.length === 0 ? undefined : { NS }
  }
  throw new CannotUpdate()
}
