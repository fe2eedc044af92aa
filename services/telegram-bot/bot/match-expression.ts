import { runInNewContext } from 'node:vm'
import type { MatchExpression } from '../domain/filters.ts'

const TIMEOUT_MS = 100

/**
 * Matches with a time limit: an expression such as `(a+)+$` can take longer than the universe has existed. One that
 * does not end in time counts as a match, so that nothing slips past a filter by being hard.
 */
export const matchExpression: MatchExpression = (expression, text) => {
  try {
    // The sources go in as values, never as code.
    const matched: unknown = runInNewContext(
      "new RegExp(expression, 'iu').test(text)",
      { expression, text },
      { timeout: TIMEOUT_MS },
    )
    return matched === true
  } catch {
    return true
  }
}
