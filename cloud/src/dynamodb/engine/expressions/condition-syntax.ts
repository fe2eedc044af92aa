import { Cursor } from './lexer.ts'
import type { Token } from './lexer.ts'
import { inOperandsMax } from './limits.ts'
import { Mistakes, parsePath, parseSteps } from './syntax.ts'
import type { WrittenCall, WrittenOperand } from './syntax.ts'
import type { Comparator } from './ast.ts'

/** A condition as written. */
export type WrittenCondition =
  | {
      readonly kind: 'and' | 'or'
      readonly left: WrittenCondition
      readonly right: WrittenCondition
    }
  | { readonly kind: 'not'; readonly of: WrittenCondition }
  | {
      readonly kind: 'compare'
      readonly comparator: Comparator
      readonly left: WrittenOperand
      readonly right: WrittenOperand
    }
  | {
      readonly kind: 'between'
      readonly operand: WrittenOperand
      readonly low: WrittenOperand
      readonly high: WrittenOperand
    }
  | {
      readonly kind: 'in'
      readonly operand: WrittenOperand
      readonly among: readonly WrittenOperand[]
    }
  | WrittenCall

type Node = WrittenCondition | WrittenOperand
/** A node and whether parentheses stand around it, which decides if more of them are redundant. */
type Parsed = { readonly node: Node; readonly inParentheses: boolean }

const keywords: ReadonlySet<string> = new Set(['AND', 'OR', 'NOT', 'IN', 'BETWEEN'])
const comparators: ReadonlySet<string> = new Set(['=', '<>', '<', '<=', '>', '>='])
const isComparator = (text: string): text is Comparator => comparators.has(text)

/** The functions of conditions and how many operands each takes. */
export const conditionFunctions: ReadonlyMap<string, number> = new Map([
  ['attribute_exists', 1],
  ['attribute_not_exists', 1],
  ['attribute_type', 2],
  ['begins_with', 2],
  ['contains', 2],
  ['size', 1],
])

/**
 * The grammar of condition, filter and key condition expressions:
 *
 *   or      = and { OR and }
 *   and     = not { AND not }
 *   not     = NOT not | test
 *   test    = operand [ comparator operand | BETWEEN operand AND operand | IN ( operand, … ) ]
 *   operand = ( … ) | :value | function ( operand, … ) | path
 *
 * A parenthesis may hold a condition or an operand; which one shows only after it.
 */
export function parseConditionSyntax(text: string): WrittenCondition {
  const parser = new ConditionParser(text)
  return parser.parse()
}

class ConditionParser {
  readonly #cursor: Cursor
  readonly #mistakes = new Mistakes()

  constructor(text: string) {
    this.#cursor = new Cursor(text)
  }

  parse(): WrittenCondition {
    const condition = this.#condition(this.#or())
    this.#cursor.expectEnd()
    this.#mistakes.throwFirst()
    return condition
  }

  #or(): Parsed {
    let left = this.#and()
    while (this.#cursor.isKeyword('OR')) left = this.#join('or', left, () => this.#and())
    return left
  }

  #and(): Parsed {
    let left = this.#not()
    while (this.#cursor.isKeyword('AND')) left = this.#join('and', left, () => this.#not())
    return left
  }

  #join(kind: 'and' | 'or', left: Parsed, parseRight: () => Parsed): Parsed {
    const condition = this.#condition(left)
    this.#cursor.take()
    this.#mistakes.operator()
    const right = this.#condition(parseRight())
    return { node: { kind, left: condition, right }, inParentheses: false }
  }

  #not(): Parsed {
    if (!this.#cursor.keyword('NOT')) return this.#test()
    this.#mistakes.operator()
    const of = this.#mistakes.nested(() => this.#condition(this.#not()))
    return { node: { kind: 'not', of }, inParentheses: false }
  }

  #test(): Parsed {
    const left = this.#primary()
    const { next } = this.#cursor
    if (!isOperand(left.node)) return left
    if (next.kind === 'symbol' && isComparator(next.text)) {
      this.#cursor.take()
      this.#mistakes.operator()
      const comparator = next.text
      return test({
        kind: 'compare',
        comparator,
        left: this.#used(left.node),
        right: this.#operand(),
      })
    }
    if (this.#cursor.keyword('BETWEEN')) return test(this.#between(left.node))
    if (this.#cursor.keyword('IN')) return test(this.#in(left.node))
    return left
  }

  #between(operand: WrittenOperand): WrittenCondition {
    this.#mistakes.operator()
    const low = this.#operand()
    if (!this.#cursor.keyword('AND')) this.#cursor.fail()
    return { kind: 'between', operand: this.#used(operand), low, high: this.#operand() }
  }

  #in(operand: WrittenOperand): WrittenCondition {
    this.#mistakes.operator()
    this.#cursor.expectSymbol('(')
    const among = this.#operands()
    if (among.length > inOperandsMax) {
      this.#mistakes.note(
        'in',
        `The IN operator is provided with too many operands; number of operands: ${among.length}`,
      )
    }
    return { kind: 'in', operand: this.#used(operand), among }
  }

  /** `operand, operand … )` */
  #operands(): WrittenOperand[] {
    const operands = [this.#operand()]
    while (this.#cursor.symbol(',')) operands.push(this.#operand())
    this.#cursor.expectSymbol(')')
    return operands
  }

  /** An operand where nothing else may stand. */
  #operand(): WrittenOperand {
    return this.#used(this.#operandInParentheses().operand)
  }

  #operandInParentheses(): { operand: WrittenOperand; inParentheses: boolean } {
    if (!this.#cursor.symbol('(')) return { operand: this.#simple(), inParentheses: false }
    const inner = this.#mistakes.nested(() => this.#operandInParentheses())
    this.#cursor.expectSymbol(')')
    if (inner.inParentheses) this.#mistakes.redundantParentheses()
    return { operand: this.#withSteps(inner.operand), inParentheses: true }
  }

  #primary(): Parsed {
    if (!this.#cursor.symbol('(')) return { node: this.#simple(), inParentheses: false }
    const inner = this.#mistakes.nested(() => this.#or())
    this.#cursor.expectSymbol(')')
    if (inner.inParentheses) this.#mistakes.redundantParentheses()
    const node = isOperand(inner.node) ? this.#withSteps(inner.node) : inner.node
    return { node, inParentheses: true }
  }

  /** `(a).b` is a path too. */
  #withSteps(operand: WrittenOperand): WrittenOperand {
    if (operand.kind !== 'path') return operand
    const steps = parseSteps(this.#cursor, this.#mistakes, keywords)
    return steps.length === 0 ? operand : { kind: 'path', steps: [...operand.steps, ...steps] }
  }

  #simple(): WrittenOperand {
    const { next } = this.#cursor
    if (next.kind === 'valueKey') return { kind: 'value', key: this.#cursor.take().text }
    if (this.#startsCall(next)) return this.#call()
    return parsePath(this.#cursor, this.#mistakes, keywords)
  }

  #startsCall(token: Token): boolean {
    const { afterNext } = this.#cursor
    return (
      token.kind === 'name' &&
      !keywords.has(token.text.toUpperCase()) &&
      afterNext.kind === 'symbol' &&
      afterNext.text === '('
    )
  }

  #call(): WrittenCall {
    const name = this.#cursor.take().text
    this.#cursor.take()
    this.#mistakes.operator()
    if (!conditionFunctions.has(name)) {
      this.#mistakes.note('unknownFunction', `Invalid function name; function: ${name}`)
    }
    return { kind: 'call', name, operands: this.#mistakes.nested(() => this.#operands()) }
  }

  /** An operand that is part of a condition: of the functions only size has a value. */
  #used(operand: WrittenOperand): WrittenOperand {
    if (operand.kind === 'call' && operand.name !== 'size') this.#mistakes.misused(operand.name)
    return operand
  }

  /** What must be a condition: a bare path or value makes the token after it the mistake. */
  #condition({ node }: Parsed): WrittenCondition {
    if (node.kind === 'path' || node.kind === 'value') return this.#cursor.fail()
    if (node.kind === 'call' && node.name === 'size') this.#mistakes.misused(node.name)
    return node
  }
}

const test = (node: WrittenCondition): Parsed => ({ node, inParentheses: false })

const isOperand = (node: Node): node is WrittenOperand =>
  node.kind === 'path' || node.kind === 'value' || node.kind === 'call'
