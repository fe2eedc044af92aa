import { typeOf } from '../values/index.ts'
import type { AttributeType, AttributeValue } from '../values/index.ts'
import type { Path, Update, UpdateAction, UpdateOperand } from './ast.ts'
import { inExpression } from './expression-text.ts'
import { requireApart, resolvePath } from './path.ts'
import { invalid } from './placeholders.ts'
import type { Placeholders } from './placeholders.ts'
import { remembered } from './remembered.ts'
import type { WrittenOperand } from './syntax.ts'
import { parseUpdateSyntax, updateFunctions } from './update-syntax.ts'
import type { WrittenAction, WrittenSum } from './update-syntax.ts'

const written = remembered(parseUpdateSyntax)

/**
 * Parses an update and checks all that can be known without an item: names, values, that paths are apart, the
 * types of literal operands.
 *
 * @throws AwsError ValidationException `Invalid UpdateExpression: …`
 */
export function parseUpdate(text: string, placeholders: Placeholders): Update {
  return inExpression('UpdateExpression', text, () => resolveUpdate(written(text), placeholders))
}

/** Looks placeholders up in written actions and checks them; as {@link parseUpdate}. */
export function resolveUpdate(
  actions: readonly WrittenAction[],
  placeholders: Placeholders,
): Update {
  const resolved = actions.map((action) => resolveAction(action, placeholders))
  requireApart(resolved.map(({ path }) => path))
  return updateOfActions(resolved.map(checkAction))
}

/** An update of these actions, whose paths are apart. */
export const updateOfActions = (actions: readonly UpdateAction[]): Update => ({
  actions,
  attributes: new Set(actions.map(({ path }) => path[0])),
})

/** An action whose placeholders are looked up, not yet checked: undefined ones are told of first. */
type ResolvedAction =
  | { readonly kind: 'set'; readonly path: Path; readonly value: Resolved }
  | { readonly kind: 'remove'; readonly path: Path }
  | { readonly kind: 'add' | 'delete'; readonly path: Path; readonly value: AttributeValue }

type Resolved =
  | { readonly kind: 'path'; readonly path: Path }
  | { readonly kind: 'value'; readonly value: AttributeValue }
  | { readonly kind: 'call'; readonly name: string; readonly operands: readonly Resolved[] }
  | {
      readonly kind: 'sum'
      readonly operator: '+' | '-'
      readonly left: Resolved
      readonly right: Resolved
    }

function resolveAction(action: WrittenAction, placeholders: Placeholders): ResolvedAction {
  const path = resolvePath(action.path, placeholders)
  switch (action.kind) {
    case 'set':
      return { kind: 'set', path, value: resolveOperand(action.value, placeholders) }
    case 'remove':
      return { kind: 'remove', path }
    case 'add':
    case 'delete':
      return { kind: action.kind, path, value: placeholders.value(action.key) }
  }
}

function resolveOperand(
  operand: WrittenOperand | WrittenSum,
  placeholders: Placeholders,
): Resolved {
  switch (operand.kind) {
    case 'path':
      return { kind: 'path', path: resolvePath(operand, placeholders) }
    case 'value':
      return { kind: 'value', value: placeholders.value(operand.key) }
    case 'call': {
      const operands = operand.operands.map((each) => resolveOperand(each, placeholders))
      return { kind: 'call', name: operand.name, operands }
    }
    case 'sum': {
      const left = resolveOperand(operand.left, placeholders)
      const right = resolveOperand(operand.right, placeholders)
      return { kind: 'sum', operator: operand.operator, left, right }
    }
  }
}

function checkAction(action: ResolvedAction): UpdateAction {
  if (action.kind === 'set') {
    return { kind: 'set', path: action.path, value: checkOperand(action.value) }
  }
  if (action.kind === 'add' || action.kind === 'delete') requireAddable(action.kind, action.value)
  return action
}

const spelledTypes: Readonly<Record<AttributeType, string>> = {
  S: 'STRING',
  N: 'NUMBER',
  B: 'BINARY',
  BOOL: 'BOOLEAN',
  NULL: 'NULL',
  L: 'LIST',
  M: 'MAP',
  SS: 'STRING_SET',
  NS: 'NUMBER_SET',
  BS: 'BINARY_SET',
}

function requireAddable(kind: 'add' | 'delete', value: AttributeValue): void {
  const type = typeOf(value)
  if (type === 'SS' || type === 'NS' || type === 'BS' || (kind === 'add' && type === 'N')) return
  const operator = kind.toUpperCase()
  throw invalid(
    'Incorrect operand type for operator or function; ' +
      `operator: ${operator}, operand type: ${spelledTypes[type]}, typeSet: ALLOWED_FOR_${operator}_OPERAND`,
  )
}

function checkOperand(operand: Resolved): UpdateOperand {
  switch (operand.kind) {
    case 'path':
    case 'value':
      return operand
    case 'sum': {
      const left = checkOperand(operand.left)
      const right = checkOperand(operand.right)
      requireType(operand.operator, 'N', [left, right])
      return { kind: operand.operator === '+' ? 'add' : 'subtract', left, right }
    }
    case 'call':
      return checkFunction(operand.name, operand.operands)
  }
}

function checkFunction(name: string, operands: readonly Resolved[]): UpdateOperand {
  const [first, second] = operands
  if (
    operands.length !== updateFunctions.get(name) ||
    first === undefined ||
    second === undefined
  ) {
    throw invalid(
      'Incorrect number of operands for operator or function; ' +
        `operator or function: ${name}, number of operands: ${operands.length}`,
    )
  }
  if (name === 'if_not_exists') {
    if (first.kind !== 'path') {
      throw invalid(`Operator or function requires a document path; operator or function: ${name}`)
    }
    return { kind: 'ifNotExists', path: first.path, otherwise: checkOperand(second) }
  }
  const lists = { first: checkOperand(first), second: checkOperand(second) }
  requireType(name, 'L', [lists.first, lists.second])
  return { kind: 'listAppend', ...lists }
}

function requireType(
  operator: string,
  wanted: AttributeType,
  operands: readonly UpdateOperand[],
): void {
  for (const operand of operands) {
    if (operand.kind !== 'value') continue
    const type = typeOf(operand.value)
    if (type === wanted) continue
    throw invalid(
      'Incorrect operand type for operator or function; ' +
        `operator or function: ${operator}, operand type: ${type}`,
    )
  }
}
