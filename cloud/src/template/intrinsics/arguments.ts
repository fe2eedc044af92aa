import { isList, kindOf, type Json } from '../json.ts'
import { functionProblem } from '../template-error.ts'
import { noValue, type IntrinsicContext, type Resolved } from './intrinsic.ts'

/** The argument as a list of `count` values (or any number), unresolved. */
export function listOf(
  argument: Json,
  path: string,
  count?: { readonly min: number; readonly max: number },
): readonly Json[] {
  if (!isList(argument)) throw functionProblem(path, `wants a list, not ${kindOf(argument)}`)
  if (count !== undefined && (argument.length < count.min || argument.length > count.max)) {
    const wanted = count.min === count.max ? String(count.min) : `${count.min} to ${count.max}`
    throw functionProblem(path, `wants ${wanted} values, not ${argument.length}`)
  }
  return argument
}

/** The resolved value as text; numbers and booleans become text as CloudFormation writes them. */
export function textFrom(value: Resolved, path: string): string {
  if (typeof value === 'string') return value
  if (typeof value === 'number' || typeof value === 'boolean') return String(value)
  throw functionProblem(
    path,
    `wants text, not ${value === noValue ? 'AWS::NoValue' : kindOf(value)}`,
  )
}

export const resolvedText = (value: Json, context: IntrinsicContext, path: string): string =>
  textFrom(context.resolve(value, path), path)
