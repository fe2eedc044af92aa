import { isList, isObject, kindOf, member, type Json, type JsonObject } from './json.ts'
import type { Output, Resource, RetentionPolicy, Rule, Template } from './model.ts'
import { parseParameter } from './parse-parameter.ts'
import { ProblemList, problemAt, TemplateError } from './template-error.ts'

const sections = new Set([
  'AWSTemplateFormatVersion',
  'Description',
  'Metadata',
  'Parameters',
  'Mappings',
  'Conditions',
  'Rules',
  'Resources',
  'Outputs',
])

/** CloudFormation, "Resource attribute reference". CreationPolicy and UpdatePolicy wait for signals: refused. */
const resourceAttributes = new Set([
  'Type',
  'Properties',
  'DependsOn',
  'Condition',
  'DeletionPolicy',
  'UpdateReplacePolicy',
  'Metadata',
])
const retentionPolicies: readonly RetentionPolicy[] = [
  'Delete',
  'Retain',
  'RetainExceptOnCreate',
  'Snapshot',
]

/**
 * Reads a CloudFormation template in JSON and checks the form of its sections; nothing is resolved.
 *
 * @throws TemplateError with every problem found
 */
export function parseTemplate(text: string): Template {
  let source: Json
  try {
    source = JSON.parse(text) as Json // JSON.parse gives nothing else
  } catch (error) {
    throw new TemplateError([
      `The template is no valid JSON (YAML is not read; CDK and osls write JSON): ${error instanceof Error ? error.message : String(error)}`,
    ])
  }
  if (!isObject(source)) throw new TemplateError(['The template must be a JSON object.'])
  return readSections(source)
}

function readSections(source: JsonObject): Template {
  const problems = new ProblemList()
  for (const name of Object.keys(source)) {
    if (name === 'Transform') problems.add('Template', 'Transform (macros) is not simulated')
    else if (!sections.has(name)) problems.add('Template', `${name} is no section of a template`)
  }
  const description = member(source, 'Description')
  const template: Template = {
    description: typeof description === 'string' ? description : undefined,
    parameters: readAll(source, 'Parameters', problems, parseParameter),
    mappings: section(source, 'Mappings', problems),
    conditions: readAll(source, 'Conditions', problems, (_name, value) => value),
    rules: readAll(source, 'Rules', problems, readRule),
    resources: readAll(source, 'Resources', problems, readResource),
    outputs: readAll(source, 'Outputs', problems, readOutput),
  }
  if (!Object.hasOwn(source, 'Resources')) {
    problems.add('Template', 'at least one Resources member must be defined')
  }
  problems.throwIfAny()
  return template
}

function section(source: JsonObject, name: string, problems: ProblemList): JsonObject {
  const value = member(source, name)
  if (value === undefined) return {}
  if (isObject(value)) return value
  problems.add(name, `must be an object, not ${kindOf(value)}`)
  return {}
}

function readAll<T>(
  source: JsonObject,
  name: string,
  problems: ProblemList,
  read: (key: string, value: Json) => T,
): ReadonlyMap<string, T> {
  const found = new Map<string, T>()
  for (const [key, value] of Object.entries(section(source, name, problems))) {
    const parsed = problems.attempt(() => read(key, value))
    if (parsed !== undefined) found.set(key, parsed)
  }
  return found
}

function readResource(logicalId: string, value: Json): Resource {
  const path = `Resource ${logicalId}`
  if (!/^[A-Za-z0-9]{1,255}$/.test(logicalId)) {
    throw problemAt(path, 'a logical id is 1 to 255 letters and digits')
  }
  if (!isObject(value)) throw problemAt(path, `must be an object, not ${kindOf(value)}`)
  for (const name of Object.keys(value)) {
    if (!resourceAttributes.has(name)) throw problemAt(path, `${name} is not simulated`)
  }
  const type = member(value, 'Type')
  if (typeof type !== 'string') throw problemAt(path, 'Type is missing')
  const properties = member(value, 'Properties') ?? {}
  if (!isObject(properties)) throw problemAt(path, 'Properties must be an object')
  return {
    logicalId,
    type,
    properties,
    dependsOn: textList(member(value, 'DependsOn'), `${path}: DependsOn`),
    condition: optionalText(member(value, 'Condition'), `${path}: Condition`),
    deletionPolicy: retention(member(value, 'DeletionPolicy'), `${path}: DeletionPolicy`),
    updateReplacePolicy: retention(
      member(value, 'UpdateReplacePolicy'),
      `${path}: UpdateReplacePolicy`,
    ),
  }
}

function retention(value: Json | undefined, path: string): RetentionPolicy {
  if (value === undefined) return 'Delete'
  const found = retentionPolicies.find((each) => each === value)
  if (found === undefined) throw problemAt(path, `must be one of ${retentionPolicies.join(', ')}`)
  return found
}

function textList(value: Json | undefined, path: string): readonly string[] {
  if (value === undefined) return []
  const values = isList(value) ? value : [value]
  return values.map((each) => {
    if (typeof each !== 'string') throw problemAt(path, `must name resources, not ${kindOf(each)}`)
    return each
  })
}

function optionalText(value: Json | undefined, path: string): string | undefined {
  if (value === undefined || typeof value === 'string') return value
  throw problemAt(path, `must be text, not ${kindOf(value)}`)
}

function readOutput(name: string, value: Json): Output {
  const path = `Output ${name}`
  if (!isObject(value)) throw problemAt(path, `must be an object, not ${kindOf(value)}`)
  const result = member(value, 'Value')
  if (result === undefined) throw problemAt(path, 'Value is missing')
  const exported = member(value, 'Export')
  const exportName = isObject(exported) ? member(exported, 'Name') : undefined
  if (exported !== undefined && exportName === undefined) {
    throw problemAt(`${path}: Export`, 'Name is missing')
  }
  const description = member(value, 'Description')
  return {
    value: result,
    description: typeof description === 'string' ? description : undefined,
    exportName,
    condition: optionalText(member(value, 'Condition'), `${path}: Condition`),
  }
}

function readRule(name: string, value: Json): Rule {
  const path = `Rule ${name}`
  if (!isObject(value)) throw problemAt(path, `must be an object, not ${kindOf(value)}`)
  const assertions = member(value, 'Assertions')
  if (!isList(assertions)) throw problemAt(path, 'Assertions must be a list')
  return {
    condition: member(value, 'RuleCondition'),
    assertions: assertions.map((each, index) => {
      const assert = isObject(each) ? member(each, 'Assert') : undefined
      if (!isObject(each) || assert === undefined) {
        throw problemAt(`${path}: Assertions[${index}]`, 'Assert is missing')
      }
      const description = member(each, 'AssertDescription')
      return { assert, description: typeof description === 'string' ? description : '' }
    }),
  }
}
