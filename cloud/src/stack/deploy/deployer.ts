import { arn, AwsError, type Environment } from '../../kernel/index.ts'
import type { Store } from '../../storage/index.ts'
import {
  dependencyOrder,
  difference,
  evaluateTemplate,
  parseTemplate,
  sameJson,
  type Definition,
  type Evaluation,
  type Json,
  type Template,
} from '../../template/index.ts'
import type { CodeStore } from '../assets/code-store.ts'
import { noSources, type DeploymentSources } from '../assets/find-code.ts'
import type { Parts } from '../parts.ts'
import type { ResourceContext } from '../resource-context.ts'
import { checkExportsKept, exportsOf, findExport } from './exports.ts'
import { Progress } from './progress.ts'
import { removeStack } from './remove-stack.ts'
import {
  openStateStore,
  type ResourceState,
  type StackState,
  type StateStore,
} from './stack-state.ts'
import { plannedDefinitions, typeNamed, validate } from './validate.ts'

export type DeployRequest = {
  readonly stackName: string
  /** The template's JSON. */
  readonly template: string
  readonly parameters?: Readonly<Record<string, string>>
  readonly sources?: DeploymentSources
}

export type DeployOutcome = { readonly stack: StackState; readonly changed: boolean }

export type DeployerOptions = {
  readonly environment: Environment
  readonly store: Store
  readonly parts: Parts
  readonly code: CodeStore
  /** Called when resources have changed, before the deployment counts as done. */
  readonly changed: () => void
  /** Called when a stack is complete. */
  readonly completed: () => Promise<void>
}

export type Deployer = {
  readonly state: StateStore
  /**
   * Creates or updates a stack; does nothing when neither template nor code has changed.
   *
   * @throws TemplateError when the template cannot be deployed: nothing has been touched;
   *   AwsError when a resource failed: the stack is as it was before
   */
  readonly deploy: (request: DeployRequest) => Promise<DeployOutcome>
  /** @throws AwsError when another stack reads its exports, or a resource cannot be removed */
  readonly remove: (stackName: string) => Promise<void>
  /** Registers again what lives in memory only. */
  readonly restore: () => void
  /** Hashes of the code that deployed functions run, and that replaced ones may have to be brought back with. */
  readonly codeInUse: () => ReadonlySet<string>
}

/** Applies templates to the parts, one deployment at a time. */
export function createDeployer(options: DeployerOptions): Deployer {
  const state = openStateStore(options.store)
  const contextFor = contextMaker(options)
  let last: Promise<unknown> = Promise.resolve()
  /** One after another: two deployments could each take what the other is making. */
  function inTurn<T>(work: () => Promise<T>): Promise<T> {
    const turn = last.then(work)
    last = turn.catch(() => undefined)
    return turn
  }
  const tools: Tools = { ...options, state, contextFor }
  return {
    state,
    deploy: (request) => inTurn(() => deploy(tools, request)),
    remove: (stackName) => inTurn(() => removeStack(tools, stackName)),
    restore: () => restore(tools),
    codeInUse: () =>
      new Set(
        state
          .stacks()
          .flatMap(({ name }) => [...state.resources(name).values(), ...state.retired(name)])
          .flatMap(({ internal }) =>
            typeof internal?.['code'] === 'string' ? [internal['code']] : [],
          ),
      ),
  }
}

/** What the steps of a deployment work with. */
export type Tools = DeployerOptions & {
  readonly state: StateStore
  readonly contextFor: ContextFor
}

export type ContextFor = (
  stack: StackState,
  logicalId: string,
  about?: {
    readonly serial?: number
    readonly resuming?: boolean
    readonly sources?: DeploymentSources
  },
) => ResourceContext

const contextMaker =
  ({ environment, parts, code }: DeployerOptions): ContextFor =>
  (stack, logicalId, about = {}) => ({
    environment,
    parts,
    code,
    sources: about.sources ?? noSources,
    stackName: stack.name,
    stackId: stack.id,
    logicalId,
    serial: about.serial ?? 0,
    resuming: about.resuming ?? false,
  })

const stackNamePattern = /^[A-Za-z][A-Za-z0-9-]{0,127}$/

async function deploy(tools: Tools, request: DeployRequest): Promise<DeployOutcome> {
  const { state } = tools
  if (!stackNamePattern.test(request.stackName)) {
    throw new AwsError(
      'ValidationError',
      `1 validation error detected: Value '${request.stackName}' at 'stackName' failed to satisfy constraint: Member must satisfy regular expression pattern: [a-zA-Z][-a-zA-Z0-9]*`,
    )
  }
  const existing = state.stack(request.stackName)
  const stack = existing ?? newStack(tools.environment, request.stackName)
  const template = parseTemplate(request.template)
  const evaluation = evaluateTemplate(template, {
    region: tools.environment.region,
    accountId: tools.environment.accountId,
    stackName: stack.name,
    stackId: stack.id,
    parameters: request.parameters ?? {},
    findSsmParameter: (name) => tools.parts.parameters.find(name)?.value,
    findExport: (name) => findExport(state, name, stack.name),
  })
  const sources = request.sources ?? noSources
  const contextOf = (logicalId: string): ResourceContext =>
    tools.contextFor(stack, logicalId, { sources })
  validate(evaluation, contextOf)
  const planned = plannedDefinitions(evaluation, contextOf)
  const before = state.resources(stack.name)
  const steps = difference(deployedDefinitions(before), planned)
  if (steps.length === 0 && existing !== undefined && isSettled(tools, existing, evaluation)) {
    return { stack: existing, changed: false }
  }
  const started: StackState = {
    ...stack,
    ...(template.description === undefined ? {} : { description: template.description }),
    status: before.size === 0 ? 'CREATE_IN_PROGRESS' : 'UPDATE_IN_PROGRESS',
    deployments: stack.deployments + 1,
    parameters: givenParameters(template, request.parameters ?? {}),
    hidden: [...template.parameters].flatMap(([name, { noEcho }]) => (noEcho ? [name] : [])),
  }
  const progress = new Progress(tools, { before: stack, started, evaluation, planned, sources })
  const done = await progress.run(steps, request.template)
  await tools.completed()
  return { stack: done, changed: true }
}

const newStack = (environment: Environment, name: string): StackState => ({
  name,
  id: arn(environment, 'cloudformation', `stack/${name}/${environment.ids.uuid()}`),
  status: 'CREATE_IN_PROGRESS',
  created: environment.clock.now(),
  updated: environment.clock.now(),
  deployments: 0,
  parameters: {},
  hidden: [],
  outputs: [],
  imports: [],
})

/** What was deployed. A resource whose last step was cut short counts as not made, or as changed. */
function deployedDefinitions(
  resources: ReadonlyMap<string, ResourceState>,
): ReadonlyMap<string, Definition> {
  const definitions = new Map<string, Definition>()
  for (const [logicalId, resource] of resources) {
    if (resource.status === 'CREATE_IN_PROGRESS') continue
    const whole = resource.status === 'CREATE_COMPLETE' || resource.status === 'UPDATE_COMPLETE'
    definitions.set(logicalId, {
      type: resource.type,
      preview: whole ? resource.preview : {},
      dependencies: new Set(resource.dependencies),
    })
  }
  return definitions
}

/** Whether an unchanged template leaves nothing to do: no earlier failure, the same outputs. */
function isSettled(tools: Tools, stack: StackState, evaluation: Evaluation): boolean {
  if (stack.status !== 'CREATE_COMPLETE' && stack.status !== 'UPDATE_COMPLETE') return false
  const resources = tools.state.resources(stack.name)
  const outputs = evaluation.outputs((logicalId) => resources.get(logicalId))
  checkExportsKept(tools.state, stack, exportsOf(outputs))
  return sameJson(asJson(outputs), asJson(stack.outputs))
}

const asJson = (value: unknown): Json => JSON.parse(JSON.stringify(value)) as Json

/** Parameters as they were given, or their defaults: an SSM type shows the name that was looked up. */
const givenParameters = (
  template: Template,
  given: Readonly<Record<string, string>>,
): Readonly<Record<string, string>> =>
  Object.fromEntries(
    [...template.parameters].map(([name, parameter]) => [
      name,
      (Object.hasOwn(given, name) ? given[name] : undefined) ?? parameter.default ?? '',
    ]),
  )

function restore(tools: Tools): void {
  const { state, environment } = tools
  for (const stack of state.stacks()) {
    const resources = state.resources(stack.name)
    const nodes = new Map(
      [...resources].map(([logicalId, each]) => [
        logicalId,
        { dependencies: new Set(each.dependencies) },
      ]),
    )
    for (const logicalId of dependencyOrder(nodes)) {
      const resource = resources.get(logicalId)
      if (resource === undefined || resource.status === 'CREATE_IN_PROGRESS') continue
      const context = tools.contextFor(stack, logicalId, { serial: resource.serial })
      try {
        typeNamed(resource.type).restore(context, resource, resource.properties)
      } catch (error) {
        // One resource that cannot be brought back must not keep the others from starting.
        environment.report({
          level: 'error',
          part: 'stack',
          message: `${stack.name}: resource ${logicalId} (${resource.type}) was not restored: ${error instanceof Error ? error.message : String(error)}`,
          cause: error,
        })
      }
    }
    if (stack.status.endsWith('IN_PROGRESS')) {
      environment.report({
        level: 'warn',
        part: 'stack',
        message: `The last deployment of ${stack.name} was cut short (${stack.status}). Deploy it again to complete it.`,
      })
    }
  }
}
