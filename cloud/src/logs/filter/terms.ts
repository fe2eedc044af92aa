import { invalidParameter } from '../errors.ts'
import type { MessageFilter } from './compile-pattern.ts'

const word = /([?-]?)(?:"((?:[^"\\]|\\.)*)"|(\S+))(?:\s+|$)/suy

/**
 * Terms, in any order and with their case: all must be there; of those after `?` any; none of those after `-`.
 * Beside other terms, those after `?` do not count ("Match terms in unstructured log events").
 *
 * @throws AwsError InvalidParameterException
 */
export function compileTerms(pattern: string): MessageFilter {
  const all: string[] = []
  const any: string[] = []
  const none: string[] = []
  word.lastIndex = 0
  while (word.lastIndex < pattern.length) {
    const at = word.lastIndex
    const match = word.exec(pattern)
    if (match === null) throw invalidParameter(`Invalid filter pattern at "${pattern.slice(at)}".`)
    const term = match[2]?.replaceAll(/\\(.)/gs, '$1') ?? match[3] ?? ''
    if (match[3]?.includes('"') === true || term === '') {
      throw invalidParameter(`Invalid character(s) in term '${term}'`)
    }
    if (match[3]?.startsWith('%') === true) {
      throw invalidParameter('Regular expressions (%...%) are not offered by this cloud.')
    }
    if (match[1] === '?') any.push(term)
    else if (match[1] === '-') none.push(term)
    else all.push(term)
  }
  return (message) =>
    all.every((term) => message.includes(term)) &&
    !none.some((term) => message.includes(term)) &&
    (any.length === 0 || all.length + none.length > 0 || any.some((term) => message.includes(term)))
}
