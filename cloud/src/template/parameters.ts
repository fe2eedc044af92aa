import type { Json } from './json.ts'
import type { Parameter, Template } from './model.ts'
import { ProblemList } from './template-error.ts'

/** Finds the value of an SSM parameter by its name, for parameters of an SSM type. */
export type FindSsmParameter = (name: string) => string | undefined

const ssmType = /^AWS::SSM::Parameter::Value<(.+)>$/
const listType = /^(?:CommaDelimitedList|List<.+>)$/

/**
 * The values of a template's parameters: what was given, else the default; SSM types looked up; lists split.
 *
 * @throws TemplateError naming every parameter that is missing, unknown or against its constraints
 */
export function parameterValues(
  template: Template,
  given: Readonly<Record<string, string>>,
  findSsmParameter: FindSsmParameter,
): ReadonlyMap<string, Json> {
  const problems = new ProblemList()
  for (const name of Object.keys(given)) {
    if (!template.parameters.has(name)) {
      problems.add(`Parameter ${name}`, 'the template declares no such parameter')
    }
  }
  const values = new Map<string, Json>()
  for (const [name, parameter] of template.parameters) {
    const path = `Parameter ${name}`
    const text = Object.hasOwn(given, name) ? given[name] : parameter.default
    if (text === undefined) {
      problems.add(path, 'has no value and no default')
      continue
    }
    const problem = constraintProblem(parameter, text)
    if (problem !== undefined) {
      problems.add(path, parameter.constraintDescription ?? problem)
      continue
    }
    const found = ssmType.test(parameter.type) ? findSsmParameter(text) : text
    if (found === undefined) problems.add(path, `there is no SSM parameter ${text}`)
    else values.set(name, typed(parameter, found))
  }
  problems.throwIfAny()
  return values
}

function typed(parameter: Parameter, value: string): Json {
  const inner = ssmType.exec(parameter.type)?.[1] ?? parameter.type
  if (!listType.test(inner)) return value
  return value === '' ? [] : value.split(',').map((each) => each.trim())
}

function constraintProblem(parameter: Parameter, value: string): string | undefined {
  const { allowedValues, allowedPattern, minLength, maxLength, minValue, maxValue } = parameter
  const parts = listType.test(parameter.type)
    ? value.split(',').map((each) => each.trim())
    : [value]
  for (const part of parts) {
    if (allowedValues !== undefined && !allowedValues.includes(part)) {
      return `"${shown(parameter, part)}" is none of the allowed values [${allowedValues.join(', ')}]`
    }
  }
  if (/^(?:Number|List<Number>)$/.test(parameter.type)) {
    for (const part of parts) {
      if (part === '' || !Number.isFinite(Number(part))) {
        return `"${shown(parameter, part)}" is no number`
      }
      if (minValue !== undefined && Number(part) < minValue) return `must be at least ${minValue}`
      if (maxValue !== undefined && Number(part) > maxValue) return `must be at most ${maxValue}`
    }
  }
  if (allowedPattern !== undefined && !new RegExp(`^(?:${allowedPattern})$`).test(value)) {
    return `must match the pattern ${allowedPattern}`
  }
  if (minLength !== undefined && value.length < minLength) {
    return `must have at least ${minLength} characters`
  }
  if (maxLength !== undefined && value.length > maxLength) {
    return `must have at most ${maxLength} characters`
  }
  return undefined
}

const shown = (parameter: Parameter, value: string): string => (parameter.noEcho ? '****' : value)
