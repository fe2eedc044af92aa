import { invalidParameter } from '../errors.ts'
import type { MessageFilter } from './compile-pattern.ts'
import { JsonTokens } from './json-tokens.ts'
import { readSelector, type Selector } from './selector.ts'
import { comparison, type ValueTest } from './value-test.ts'

type Condition = (document: unknown) => boolean

/**
 * A condition on messages that are JSON ("Match terms in JSON log events"):
 * `{ $.level = "ERROR" && ($.status >= 500 || $.user.id NOT EXISTS) }`.
 *
 * @throws AwsError InvalidParameterException
 */
export function compileJsonPattern(pattern: string): MessageFilter {
  const tokens = new JsonTokens(pattern)
  tokens.expect('{')
  const condition = either(tokens)
  tokens.expect('}')
  tokens.expectEnd()
  return (message) => {
    if (!/^\s*[[{]/.test(message)) return false
    try {
      return condition(JSON.parse(message))
    } catch {
      return false // not JSON: no match
    }
  }
}

function either(tokens: JsonTokens): Condition {
  const choices = [both(tokens)]
  while (tokens.take('||')) choices.push(both(tokens))
  return (document) => choices.some((holds) => holds(document))
}

function both(tokens: JsonTokens): Condition {
  const parts = [single(tokens)]
  while (tokens.take('&&')) parts.push(single(tokens))
  return (document) => parts.every((holds) => holds(document))
}

function single(tokens: JsonTokens): Condition {
  if (tokens.take('(')) {
    const inner = either(tokens)
    tokens.expect(')')
    return inner
  }
  const selector = readSelector(tokens.selector())
  const operator = tokens.operator()
  switch (operator) {
    case 'NOT':
      tokens.expect('EXISTS')
      return (document) => selector(document).length === 0
    case 'EXISTS':
      return (document) => selector(document).length > 0
    case 'IS': {
      const wanted = tokens.constant()
      return anyValue(selector, (value) => value === wanted)
    }
    case '=':
    case '!=':
    case '<':
    case '<=':
    case '>':
    case '>=': {
      const test = comparison(operator, tokens.value())
      if (test === undefined)
        throw invalidParameter(`Invalid filter pattern: ${operator} takes a number.`)
      return anyValue(selector, test)
    }
  }
}

const anyValue =
  (selector: Selector, test: ValueTest): Condition =>
  (document) =>
    selector(document).some(test)
