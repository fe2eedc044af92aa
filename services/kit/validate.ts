import * as z from 'zod/mini'
import { HttpProblem } from './problem.ts'
import type { Issue } from './problem.ts'

/** Anything of zod that ends in `Output`. */
export type Schema<Output> = z.core.$ZodType<Output>

const NAMES: Readonly<Record<string, string>> = {
  string: 'text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  object: 'an object',
  record: 'an object',
  array: 'a list',
}

const UNITS: Readonly<Record<string, string>> = { string: 'characters', array: 'entries' }

type Finding = z.core.$ZodRawIssue

/** Zod's findings in words that continue the name of a field: "is required", "must be text". */
function plainMessage(issue: Finding): string {
  if (issue.code === 'invalid_type') {
    return issue.input === undefined
      ? 'is required'
      : `must be ${NAMES[issue.expected] ?? issue.expected}`
  }
  if (issue.code === 'too_small') {
    const empty = issue.minimum === 1 && issue.origin === 'string'
    return empty ? 'must not be empty' : bound(issue.origin, 'at least', issue.minimum)
  }
  if (issue.code === 'too_big') return bound(issue.origin, 'at most', issue.maximum)
  return 'is not valid'
}

const bound = (origin: string, side: string, limit: number | bigint): string => {
  const unit = UNITS[origin]
  return unit === undefined ? `must be ${side} ${limit}` : `must have ${side} ${limit} ${unit}`
}

const sentence = (issues: readonly Issue[]): string => {
  const [first] = issues
  const one =
    first === undefined ? '' : `${first.path === '' ? 'The body' : first.path} ${first.message}`
  return issues.length > 1 ? `${one} (and ${issues.length - 1} more, see issues)` : one
}

/** `value` as `schema` has it, or a 400 that lists every issue. */
export function validate<Output>(schema: Schema<Output>, value: unknown): Output {
  const result = z.safeParse(schema, value, { error: plainMessage })
  if (result.success) return result.data
  const issues = result.error.issues.map((issue) => ({
    path: issue.path.map(String).join('.'),
    message: issue.message,
  }))
  throw new HttpProblem(400, sentence(issues), { issues })
}

// Half of a surrogate pair has no UTF-8 form: two different texts would become the same key.
const wholeCharacters = z.refine<string>((value) => !/\p{Surrogate}/u.test(value), {
  error: 'must not hold half of a surrogate pair',
})

/** Text of any length. */
export const anyText = () => z.string().check(wholeCharacters)

/** Text of 1 to `charactersMax` characters. */
export const shortText = (charactersMax: number) =>
  z.string().check(z.minLength(1), z.maxLength(charactersMax), wholeCharacters)

/** A query parameter that is a whole number from `min` to `max`; `preset` where it is left out. */
export function numberFromQuery(min: number, max: number, preset: number) {
  const error = `must be a whole number from ${min} to ${max}`
  return z.pipe(
    z._default(z.string().check(z.regex(/^\d{1,9}$/, error)), String(preset)),
    z.pipe(z.transform(Number), z.number().check(z.gte(min, error), z.lte(max, error))),
  )
}
