import { invalidParameter } from '../errors.ts'
import { compileJsonPattern } from './json-pattern.ts'
import { compileTerms } from './terms.ts'

/** Says whether a message matches. */
export type MessageFilter = (message: string) => boolean

/**
 * Compiles a filter pattern ("Filter pattern syntax for metric filters, subscription filters, filter log
 * events, and Live Tail"): terms, or one JSON condition in braces.
 *
 * @returns undefined when every message matches
 * @throws AwsError InvalidParameterException, also for what is not offered: regular expressions (`%…%`) and
 *   space-delimited patterns (`[…]`)
 */
export function compilePattern(pattern: string | undefined): MessageFilter | undefined {
  const text = (pattern ?? '').trim()
  if (text === '') return undefined
  if (text.startsWith('[')) {
    throw invalidParameter('Space-delimited filter patterns ([...]) are not offered by this cloud.')
  }
  if (text.startsWith('{')) return compileJsonPattern(text)
  return compileTerms(text)
}
