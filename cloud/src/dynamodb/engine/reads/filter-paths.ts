import type { Condition, Operand, Path } from '../expressions/index.ts'

/** Every document path that a condition reads. */
export function pathsOf(condition: Condition): Path[] {
  switch (condition.kind) {
    case 'and':
    case 'or':
      return [...pathsOf(condition.left), ...pathsOf(condition.right)]
    case 'not':
      return pathsOf(condition.of)
    case 'compare':
      return [...operandPaths(condition.left), ...operandPaths(condition.right)]
    case 'between':
      return [condition.operand, condition.low, condition.high].flatMap(operandPaths)
    case 'in':
      return [condition.operand, ...condition.among].flatMap(operandPaths)
    case 'exists':
      return [condition.path]
    case 'type':
      return operandPaths(condition.operand)
    case 'beginsWith':
      return [...operandPaths(condition.operand), ...operandPaths(condition.prefix)]
    case 'contains':
      return [...operandPaths(condition.operand), ...operandPaths(condition.member)]
    case 'constant':
      return []
  }
}

function operandPaths(operand: Operand): Path[] {
  if (operand.kind === 'path') return [operand.path]
  return operand.kind === 'size' ? operandPaths(operand.of) : []
}
