import { isList, isObject, kindOf, type Json } from '../json.ts'
import { functionProblem } from '../template-error.ts'
import { listOf, resolvedText, textFrom } from './arguments.ts'
import { isDeferred, noValue, type Intrinsic, type IntrinsicContext } from './intrinsic.ts'

/** `{"Fn::Join": [delimiter, [values]]}` */
export const join: Intrinsic = (argument, context, path) => {
  const [delimiter = '', values = []] = listOf(argument, path, { min: 2, max: 2 })
  if (typeof delimiter !== 'string') throw functionProblem(path, 'wants text as its delimiter')
  const resolved = context.resolve(values, path)
  if (isDeferred(resolved)) return resolved
  if (resolved === noValue || !isList(resolved)) {
    throw functionProblem(
      path,
      `wants a list of values, not ${resolved === noValue ? 'AWS::NoValue' : kindOf(resolved)}`,
    )
  }
  return resolved.map((each) => textFrom(each, path)).join(delimiter)
}

/** `{"Fn::Split": [delimiter, text]}` */
export const split: Intrinsic = (argument, context, path) => {
  const [delimiter = '', source = ''] = listOf(argument, path, { min: 2, max: 2 })
  if (typeof delimiter !== 'string' || delimiter === '') {
    throw functionProblem(path, 'wants a delimiter of at least one character')
  }
  const text = resolvedText(source, context, path)
  return isDeferred(text) ? text : text.split(delimiter)
}

/** `{"Fn::Base64": text}` */
export const base64: Intrinsic = (argument, context, path) => {
  const text = resolvedText(argument, context, path)
  return isDeferred(text) ? text : Buffer.from(text, 'utf8').toString('base64')
}

/** `{"Fn::Sub": "text ${Name} ${Resource.Attribute}"}` or `{"Fn::Sub": [text, {name: value}]}` */
export const sub: Intrinsic = (argument, context, path) => {
  const [text, variables] = subForm(argument, path)
  return text.replaceAll(/\$\{([^}]*)\}/g, (whole: string, name: string) => {
    // "${!Literal}" is written out as "${Literal}".
    if (name.startsWith('!')) return `\${${name.slice(1)}}`
    return substituted(whole, name, variables, context, path)
  })
}

function subForm(argument: Json, path: string): readonly [string, ReadonlyMap<string, Json>] {
  if (typeof argument === 'string') return [argument, new Map()]
  const [text, variables] = listOf(argument, path, { min: 2, max: 2 })
  if (typeof text !== 'string') throw functionProblem(path, 'wants text as its first value')
  if (!isObject(variables))
    throw functionProblem(path, 'wants an object of values as its second value')
  return [text, new Map(Object.entries(variables))]
}

function substituted(
  whole: string,
  name: string,
  variables: ReadonlyMap<string, Json>,
  context: IntrinsicContext,
  path: string,
): string {
  const trimmed = name.trim()
  if (trimmed === '') throw functionProblem(path, `${whole} names nothing`)
  const variable = variables.get(trimmed)
  if (variable !== undefined) return resolvedText(variable, context, path)
  const dot = trimmed.indexOf('.')
  const value =
    dot < 0
      ? context.ref(trimmed, path)
      : context.attribute(trimmed.slice(0, dot), trimmed.slice(dot + 1), path)
  return textFrom(value, path)
}
