import { invalid } from './placeholders.ts'
import { isReservedWord } from './reserved-words.ts'
import type { Cursor } from './lexer.ts'
import { operatorsMax, parserDepthMax, pathStepsMax } from './limits.ts'

/*
 * What is written, before placeholders are looked up: it depends on nothing but the text, so it can be kept
 * and used again for the same text.
 */

export type WrittenName = { readonly text: string; readonly placeholder: boolean }
export type WrittenPath = {
  readonly kind: 'path'
  readonly steps: readonly (WrittenName | number)[]
}
export type WrittenCall = {
  readonly kind: 'call'
  readonly name: string
  readonly operands: readonly WrittenOperand[]
}
export type WrittenOperand =
  | WrittenPath
  | { readonly kind: 'value'; readonly key: string }
  | WrittenCall

/** Mistakes that are told of only if the syntax is right, in the order in which DynamoDB tells of them. */
const mistakeOrder = [
  'operators',
  'parentheses',
  'unknownFunction',
  'misusedFunction',
  'section',
  'reserved',
  'path',
  'in',
] as const
export type Mistake = (typeof mistakeOrder)[number]

/** Remembers the first mistake of each kind while an expression is parsed. */
export class Mistakes {
  readonly #messages = new Map<Mistake, string>()
  #operators = 0
  #depth = 0

  note(mistake: Mistake, message: string): void {
    if (!this.#messages.has(mistake)) this.#messages.set(mistake, message)
  }

  operator(): void {
    this.#operators++
    if (this.#operators > operatorsMax) {
      this.note(
        'operators',
        `The expression contains too many operators; operator count: ${operatorsMax + 1}`,
      )
    }
  }

  redundantParentheses(): void {
    this.note('parentheses', 'The expression has redundant parentheses;')
  }

  misused(name: string): void {
    this.note(
      'misusedFunction',
      `The function is not allowed to be used this way in an expression; function: ${name}`,
    )
  }

  /** Runs a nested rule; nesting is bounded so that no text can exhaust the stack. */
  nested<T>(rule: () => T): T {
    this.#depth++
    if (this.#depth > parserDepthMax) {
      throw invalid('The expression is nested too deeply; nesting levels: ' + String(this.#depth))
    }
    const result = rule()
    this.#depth--
    return result
  }

  throwFirst(): void {
    for (const mistake of mistakeOrder) {
      const message = this.#messages.get(mistake)
      if (message !== undefined) throw invalid(message)
    }
  }
}

const listIndexMax = 2_147_483_647

/** `name`, `#name`, then `.name`, `.#name` and `[0]`. */
export function parsePath(
  cursor: Cursor,
  mistakes: Mistakes,
  keywords: ReadonlySet<string>,
): WrittenPath {
  const first = parseName(cursor, mistakes, keywords)
  return { kind: 'path', steps: [first, ...parseSteps(cursor, mistakes, keywords)] }
}

/** The steps after a path's first name. */
export function parseSteps(
  cursor: Cursor,
  mistakes: Mistakes,
  keywords: ReadonlySet<string>,
): (WrittenName | number)[] {
  const steps: (WrittenName | number)[] = []
  for (;;) {
    if (cursor.symbol('.')) steps.push(parseName(cursor, mistakes, keywords))
    else if (cursor.symbol('[')) steps.push(parseIndex(cursor, mistakes))
    else break
  }
  if (steps.length >= pathStepsMax) {
    mistakes.note(
      'path',
      `The document path has too many nesting levels; nesting levels: ${steps.length + 1}`,
    )
  }
  return steps
}

function parseName(cursor: Cursor, mistakes: Mistakes, keywords: ReadonlySet<string>): WrittenName {
  const token = cursor.next
  if (token.kind === 'nameKey') return { text: cursor.take().text, placeholder: true }
  if (token.kind !== 'name' || keywords.has(token.text.toUpperCase())) return cursor.fail()
  if (isReservedWord(token.text)) {
    mistakes.note(
      'reserved',
      `Attribute name is a reserved keyword; reserved keyword: ${token.text}`,
    )
  }
  return { text: cursor.take().text, placeholder: false }
}

function parseIndex(cursor: Cursor, mistakes: Mistakes): number {
  if (cursor.next.kind !== 'number') cursor.fail()
  const { text } = cursor.take()
  const index = Number(text)
  if (index > listIndexMax) {
    mistakes.note('path', `List index is not within the allowable range; index: [${text}]`)
  }
  cursor.expectSymbol(']')
  return index
}
