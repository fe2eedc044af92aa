import type { Literal } from './json-tokens.ts'

export type ValueTest = (value: unknown) => boolean
type Comparison = '=' | '!=' | '<' | '<=' | '>' | '>='

/**
 * Compares a value of a document with a literal: numbers as numbers, texts as texts, where `*` in the literal
 * stands for any characters.
 *
 * @returns undefined when the operator takes a number and the literal is none
 */
export function comparison(operator: Comparison, literal: Literal): ValueTest | undefined {
  const number = literal.quoted || literal.text.trim() === '' ? NaN : Number(literal.text)
  if (operator === '=') return equality(literal, number)
  if (operator === '!=') {
    const equal = equality(literal, number)
    return (value) => !equal(value)
  }
  if (Number.isNaN(number)) return undefined
  return (value) => typeof value === 'number' && compare(operator, value, number)
}

function compare(operator: '<' | '<=' | '>' | '>=', value: number, bound: number): boolean {
  switch (operator) {
    case '<':
      return value < bound
    case '<=':
      return value <= bound
    case '>':
      return value > bound
    case '>=':
      return value >= bound
  }
}

function equality(literal: Literal, number: number): ValueTest {
  const matches = wildcard(literal.text)
  return (value) => {
    if (typeof value === 'number' && !Number.isNaN(number)) return value === number
    if (typeof value === 'string') return matches(value)
    return typeof value === 'number' && matches(String(value))
  }
}

/** Matches with `*` in time proportional to the text: the parts between the stars are found one after another. */
function wildcard(pattern: string): (text: string) => boolean {
  const parts = pattern.split('*')
  const first = parts[0] ?? ''
  const last = parts.at(-1) ?? ''
  if (parts.length === 1) return (text) => text === pattern
  return (text) => {
    if (text.length < first.length + last.length) return false
    if (!text.startsWith(first) || !text.endsWith(last)) return false
    let at = first.length
    for (const part of parts.slice(1, -1)) {
      const found = text.indexOf(part, at)
      if (found === -1) return false
      at = found + part.length
    }
    return at <= text.length - last.length
  }
}
