import { conditionFunctions } from './condition-syntax.ts'
import { Cursor } from './lexer.ts'
import { Mistakes, parsePath } from './syntax.ts'
import type { WrittenCall, WrittenOperand, WrittenPath } from './syntax.ts'

/** The right-hand side of SET as written: an operand, or two with a sign between them. */
export type WrittenSum = {
  readonly kind: 'sum'
  readonly operator: '+' | '-'
  readonly left: WrittenOperand
  readonly right: WrittenOperand
}

export type WrittenAction =
  | {
      readonly kind: 'set'
      readonly path: WrittenPath
      readonly value: WrittenOperand | WrittenSum
    }
  | { readonly kind: 'remove'; readonly path: WrittenPath }
  | { readonly kind: 'add' | 'delete'; readonly path: WrittenPath; readonly key: string }

const sections = ['SET', 'REMOVE', 'ADD', 'DELETE'] as const
type Section = (typeof sections)[number]
const keywords: ReadonlySet<string> = new Set(sections)

/** The functions of updates and how many operands each takes. */
export const updateFunctions: ReadonlyMap<string, number> = new Map([
  ['if_not_exists', 2],
  ['list_append', 2],
])

/**
 * The grammar of update expressions:
 *
 *   update  = section { section }                     each section once, in any order
 *   section = SET path = sum, … | REMOVE path, … | ADD path :value, … | DELETE path :value, …
 *   sum     = operand [ ( + | - ) operand ]            also as a whole in parentheses
 *   operand = ( operand ) | :value | function ( operand, … ) | path
 */
export function parseUpdateSyntax(text: string): readonly WrittenAction[] {
  return new UpdateParser(text).parse()
}

type Grouped = { readonly node: WrittenOperand | WrittenSum; readonly inParentheses: boolean }

class UpdateParser {
  readonly #cursor: Cursor
  readonly #mistakes = new Mistakes()

  constructor(text: string) {
    this.#cursor = new Cursor(text)
  }

  parse(): readonly WrittenAction[] {
    const actions: WrittenAction[] = []
    const seen = new Set<Section>()
    do {
      const section = this.#section()
      if (seen.has(section)) {
        this.#mistakes.note(
          'section',
          `The "${section}" section can only be used once in an update expression;`,
        )
      }
      seen.add(section)
      do actions.push(this.#action(section))
      while (this.#cursor.symbol(','))
    } while (this.#cursor.next.kind !== 'end')
    this.#mistakes.throwFirst()
    return actions
  }

  #section(): Section {
    return sections.find((section) => this.#cursor.keyword(section)) ?? this.#cursor.fail()
  }

  #action(section: Section): WrittenAction {
    const path = parsePath(this.#cursor, this.#mistakes, keywords)
    switch (section) {
      case 'REMOVE':
        return { kind: 'remove', path }
      case 'SET':
        this.#cursor.expectSymbol('=')
        return { kind: 'set', path, value: this.#sum() }
      case 'ADD':
        return { kind: 'add', path, key: this.#valueKey() }
      case 'DELETE':
        return { kind: 'delete', path, key: this.#valueKey() }
    }
  }

  #valueKey(): string {
    return this.#cursor.next.kind === 'valueKey' ? this.#cursor.take().text : this.#cursor.fail()
  }

  #sum(): WrittenOperand | WrittenSum {
    return this.#grouped(true).node
  }

  /** What may stand in parentheses: a sum where `sums`, else an operand. */
  #grouped(sums: boolean): Grouped {
    const left = this.#maybeParenthesised(sums)
    if (!sums || left.node.kind === 'sum') return left
    const operator = this.#sign()
    if (operator === undefined) return left
    this.#mistakes.operator()
    const right = this.#grouped(false).node
    if (right.kind === 'sum') return this.#cursor.fail()
    for (const operand of [left.node, right]) {
      if (operand.kind === 'call' && operand.name === 'list_append') {
        this.#mistakes.misused(operand.name)
      }
    }
    return { node: { kind: 'sum', operator, left: left.node, right }, inParentheses: false }
  }

  #maybeParenthesised(sums: boolean): Grouped {
    if (!this.#cursor.symbol('(')) return { node: this.#simple(), inParentheses: false }
    const inner = this.#mistakes.nested(() => this.#grouped(sums))
    this.#cursor.expectSymbol(')')
    if (inner.inParentheses) this.#mistakes.redundantParentheses()
    return { node: inner.node, inParentheses: true }
  }

  #sign(): '+' | '-' | undefined {
    if (this.#cursor.symbol('+')) return '+'
    return this.#cursor.symbol('-') ? '-' : undefined
  }

  #simple(): WrittenOperand {
    const { next, afterNext } = this.#cursor
    if (next.kind === 'valueKey') return { kind: 'value', key: this.#cursor.take().text }
    const isCall = afterNext.kind === 'symbol' && afterNext.text === '('
    if (next.kind === 'name' && isCall && !keywords.has(next.text.toUpperCase())) {
      return this.#call()
    }
    return parsePath(this.#cursor, this.#mistakes, keywords)
  }

  #call(): WrittenCall {
    const name = this.#cursor.take().text
    this.#cursor.take()
    this.#mistakes.operator()
    if (conditionFunctions.has(name)) {
      this.#mistakes.note(
        'unknownFunction',
        `The function is not allowed in an update expression; function: ${name}`,
      )
    } else if (!updateFunctions.has(name)) {
      this.#mistakes.note('unknownFunction', `Invalid function name; function: ${name}`)
    }
    const operands = [this.#operand()]
    while (this.#cursor.symbol(',')) operands.push(this.#operand())
    this.#cursor.expectSymbol(')')
    return { kind: 'call', name, operands }
  }

  #operand(): WrittenOperand {
    const { node } = this.#mistakes.nested(() => this.#grouped(false))
    return node.kind === 'sum' ? this.#cursor.fail() : node
  }
}
