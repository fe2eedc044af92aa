import { conditionIntrinsics } from './intrinsics.ts'
import { noValue, type Resolved } from './intrinsics/intrinsic.ts'
import { isObject, kindOf, type Json, type JsonObject } from './json.ts'
import type { Resource, Template } from './model.ts'
import { parameterValues, type FindSsmParameter } from './parameters.ts'
import { resolveValue, type FindPhysical, type Names, type Reference } from './scope.ts'
import { functionProblem, ProblemList, problemAt } from './template-error.ts'

export type EvaluationInput = {
  readonly region: string
  readonly accountId: string
  readonly stackName: string
  readonly stackId: string
  readonly parameters: Readonly<Record<string, string>>
  readonly findSsmParameter: FindSsmParameter
  /** The value of another stack's export. */
  readonly findExport: (name: string) => string | undefined
}

/** A resource whose condition holds, with all resolved that can be before anything exists. */
export type PlannedResource = Resource & {
  /** Properties with a mark such as `⟦Table.Arn⟧` where another resource's value will stand. */
  readonly preview: JsonObject
  /** Logical ids that must exist before: references and DependsOn. */
  readonly dependencies: ReadonlySet<string>
  readonly references: readonly (Reference & { readonly path: string })[]
}

export type StackOutput = {
  readonly name: string
  readonly value: string
  readonly description: string | undefined
  readonly exportName: string | undefined
}

/** A template with its parameters: which resources there are, and what their properties will be. */
export type Evaluation = {
  readonly parameters: ReadonlyMap<string, Json>
  readonly conditions: ReadonlyMap<string, boolean>
  readonly resources: ReadonlyMap<string, PlannedResource>
  /** Export names that this template reads from other stacks. */
  readonly imports: ReadonlySet<string>
  /** @throws TemplateError when a resource it depends on does not exist or has no such attribute */
  readonly properties: (logicalId: string, find: FindPhysical) => JsonObject
  readonly outputs: (find: FindPhysical) => readonly StackOutput[]
}

/**
 * Evaluates parameters, conditions and rules, and checks every reference of resources and outputs.
 *
 * @throws TemplateError with every problem found
 */
export function evaluateTemplate(template: Template, input: EvaluationInput): Evaluation {
  const parameters = parameterValues(template, input.parameters, input.findSsmParameter)
  const imports = new Set<string>()
  const { condition, holds } = conditionTable(template, () => names)
  const leftOut = new Set<string>()
  const names: Names = {
    values: new Map([...parameters, ...pseudoParameters(input)]),
    mappings: template.mappings,
    condition,
    region: input.region,
    resources: new Set(template.resources.keys()),
    leftOut,
    exported(name) {
      imports.add(name)
      return input.findExport(name)
    },
  }
  const problems = new ProblemList()
  const conditions = new Map<string, boolean>()
  for (const name of template.conditions.keys()) {
    const value = problems.attempt(() => condition(name, `Condition ${name}`))
    if (value !== undefined) conditions.set(name, value)
  }
  checkRules(template, names, problems)
  for (const [logicalId, resource] of template.resources) {
    const exists = problems.attempt(() => holds(resource.condition, `Resource ${logicalId}`))
    if (exists === false) leftOut.add(logicalId)
  }
  problems.throwIfAny()

  const present: Names = {
    ...names,
    resources: new Set([...template.resources.keys()].filter((each) => !leftOut.has(each))),
  }
  const resources = planResources(template, present, problems)
  // Once without resources, so that an output's mistake shows before anything is created.
  resolveOutputs(template, present, holds, problems)
  problems.throwIfAny()
  return {
    parameters,
    conditions,
    resources,
    imports,
    properties(logicalId, find) {
      const resource = resources.get(logicalId)
      if (resource === undefined) throw problemAt(`Resource ${logicalId}`, 'is unknown')
      return resolveProperties(resource, present, { find })
    },
    outputs(find) {
      const found = new ProblemList()
      const resolved = resolveOutputs(template, present, holds, found, find)
      found.throwIfAny()
      return resolved
    },
  }
}

const pseudoParameters = (input: EvaluationInput): (readonly [string, Json])[] => [
  ['AWS::AccountId', input.accountId],
  ['AWS::Region', input.region],
  ['AWS::StackName', input.stackName],
  ['AWS::StackId', input.stackId],
  ['AWS::Partition', 'aws'],
  ['AWS::URLSuffix', 'amazonaws.com'],
  ['AWS::NotificationARNs', []],
]

function conditionTable(template: Template, names: () => Names) {
  const known = new Map<string, boolean>()
  const open = new Set<string>()

  function condition(name: string, path: string): boolean {
    const found = known.get(name)
    if (found !== undefined) return found
    const definition = template.conditions.get(name)
    if (definition === undefined) throw functionProblem(path, `names unknown condition ${name}`)
    if (open.has(name)) {
      throw problemAt(`Condition ${name}`, `depends on itself (${[...open, name].join(' → ')})`)
    }
    open.add(name)
    try {
      const value = asBoolean(resolveCondition(definition, `Condition ${name}`, names()), name)
      known.set(name, value)
      return value
    } finally {
      open.delete(name)
    }
  }

  const holds = (name: string | undefined, path: string): boolean =>
    name === undefined || condition(name, `${path}: Condition`)
  return { condition, holds }
}

/** Conditions know parameters and mappings, never resources (CloudFormation, "Condition functions"). */
const resolveCondition = (definition: Json, path: string, names: Names): Resolved =>
  resolveValue(
    definition,
    path,
    { ...names, resources: new Set() },
    { functions: conditionIntrinsics },
  )

function asBoolean(value: Resolved, name: string): boolean {
  if (value === true || value === 'true') return true
  if (value === false || value === 'false') return false
  throw problemAt(
    `Condition ${name}`,
    `must be a condition function, not ${value === noValue ? 'AWS::NoValue' : kindOf(value)}`,
  )
}

function checkRules(template: Template, names: Names, problems: ProblemList): void {
  for (const [name, rule] of template.rules) {
    problems.attempt(() => {
      const path = `Rule ${name}`
      const truth = (definition: Json, at: string): boolean =>
        asBoolean(resolveCondition(definition, at, names), name)
      if (rule.condition !== undefined && !truth(rule.condition, `${path}: RuleCondition`)) return
      for (const { assert, description } of rule.assertions) {
        if (!truth(assert, `${path}: Assert`)) {
          throw problemAt(path, description === '' ? 'an assertion does not hold' : description)
        }
      }
    })
  }
}

function planResources(
  template: Template,
  names: Names,
  problems: ProblemList,
): ReadonlyMap<string, PlannedResource> {
  const planned = new Map<string, PlannedResource>()
  for (const [logicalId, resource] of template.resources) {
    if (!names.resources.has(logicalId)) continue
    const references: (Reference & { path: string })[] = []
    const seen = (reference: Reference, path: string): void =>
      void references.push({ ...reference, path })
    const preview = problems.attempt(() => resolveProperties(resource, names, { seen }))
    const dependencies = new Set(references.map((each) => each.logicalId))
    for (const name of resource.dependsOn) {
      // CloudFormation drops a DependsOn on a resource that a condition leaves out.
      if (names.resources.has(name)) dependencies.add(name)
      else if (!names.leftOut.has(name)) {
        problems.add(`Resource ${logicalId}: DependsOn`, `names unknown resource ${name}`)
      }
    }
    if (preview !== undefined) {
      planned.set(logicalId, { ...resource, preview, dependencies, references })
    }
  }
  return planned
}

function resolveProperties(
  resource: Resource,
  names: Names,
  options: { find?: FindPhysical; seen?: (reference: Reference, path: string) => void },
): JsonObject {
  const path = `Resource ${resource.logicalId}: Properties`
  const resolved = resolveValue(resource.properties, path, names, options)
  if (resolved === noValue || !isObject(resolved)) throw problemAt(path, 'must be an object')
  return resolved
}

function resolveOutputs(
  template: Template,
  names: Names,
  holds: (name: string | undefined, path: string) => boolean,
  problems: ProblemList,
  find?: FindPhysical,
): StackOutput[] {
  const options = find === undefined ? {} : { find }
  const found: StackOutput[] = []
  for (const [name, output] of template.outputs) {
    const path = `Output ${name}`
    problems.attempt(() => {
      if (!holds(output.condition, path)) return
      const text = (value: Json, at: string): string =>
        outputText(resolveValue(value, at, names, options), at)
      found.push({
        name,
        value: text(output.value, `${path}: Value`),
        description: output.description,
        exportName:
          output.exportName === undefined
            ? undefined
            : text(output.exportName, `${path}: Export.Name`),
      })
    })
  }
  return found
}

function outputText(value: Resolved, path: string): string {
  if (typeof value === 'string') return value
  if (typeof value === 'number' || typeof value === 'boolean') return String(value)
  throw problemAt(path, `must be text, not ${value === noValue ? 'AWS::NoValue' : kindOf(value)}`)
}
