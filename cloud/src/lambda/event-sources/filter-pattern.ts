import { AwsError } from '../../kernel/index.ts'
import { filterCharactersMax, filtersMax } from './limits.ts'
import { compileRule, type LeafTest } from './filter-rule.ts'

/** Says whether a record, as parsed JSON, is to be delivered. */
export type RecordFilter = (record: unknown) => boolean

type Matcher = (value: unknown) => boolean

/**
 * Compiles filter criteria ("Lambda event filtering"): each pattern is a JSON object whose leaves are lists of
 * rules. Members of an object are all to match, rules of a list and patterns of the criteria any. `$or` holds
 * a list of objects of which any is to match.
 *
 * @returns undefined when there is nothing to filter
 * @throws AwsError InvalidParameterValueException for a pattern that is none
 */
export function compileFilters(patterns: readonly string[]): RecordFilter | undefined {
  if (patterns.length === 0) return undefined
  if (patterns.length > filtersMax) {
    throw refused(`at most ${filtersMax} filters may be given, not ${patterns.length}`)
  }
  const matchers = patterns.map(compilePattern)
  return (record) => matchers.some((matches) => matches(record))
}

/** @throws AwsError InvalidParameterValueException for a pattern that is none */
export const checkFilters = (patterns: readonly string[]): void => void compileFilters(patterns)

function compilePattern(text: string): Matcher {
  if (text.length > filterCharactersMax) {
    throw refused(`a pattern may have ${filterCharactersMax} characters`)
  }
  let pattern: unknown
  try {
    pattern = JSON.parse(text)
  } catch {
    throw refused('the pattern is not JSON')
  }
  if (!isObject(pattern)) throw refused('the pattern is not a JSON object')
  return compileObject(pattern)
}

function compileObject(pattern: Record<string, unknown>): Matcher {
  const members = Object.entries(pattern).map(([name, value]): Matcher => {
    if (name === '$or') return compileOr(value)
    const matches = compileMember(name, value)
    return (object) => matches(memberOf(object, name))
  })
  if (members.length === 0) throw refused('an empty object matches nothing')
  const all: Matcher = (object) => members.every((matches) => matches(object))
  // A list of objects matches when one of them does.
  return (value) => (Array.isArray(value) ? value.some(all) : all(value))
}

function compileOr(value: unknown): Matcher {
  if (!Array.isArray(value) || value.length === 0 || !value.every(isObject)) {
    throw refused('"$or" takes a list of objects')
  }
  const choices = value.map(compileObject)
  return (object) => choices.some((matches) => matches(object))
}

function compileMember(name: string, value: unknown): Matcher {
  if (isObject(value)) return compileObject(value)
  if (!Array.isArray(value)) throw refused(`"${name}" takes a list of rules or an object`)
  const rules = value.map((rule): LeafTest => {
    const test = compileRule(rule)
    if (typeof test === 'string') throw refused(test)
    return test
  })
  if (rules.length === 0) throw refused(`"${name}" has an empty list of rules`)
  return (found) => rules.some((rule) => rule(leavesOf(found)))
}

/** The values a rule is tried on. Rules see leaves only: an object counts as absent ("exists matching"). */
function leavesOf(value: unknown): readonly unknown[] {
  if (Array.isArray(value)) return value.filter((member) => !isObject(member))
  return value === undefined || isObject(value) ? [] : [value]
}

const memberOf = (value: unknown, name: string): unknown =>
  isObject(value) && Object.hasOwn(value, name) ? value[name] : undefined

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const refused = (why: string): AwsError =>
  new AwsError('InvalidParameterValueException', `Invalid filter pattern definition: ${why}.`)
