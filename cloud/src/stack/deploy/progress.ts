import { AwsError } from '../../kernel/index.ts'
import {
  sameJson,
  type Definition,
  type Evaluation,
  type FindPhysical,
  type JsonObject,
  type Step,
} from '../../template/index.ts'
import type { DeploymentSources } from '../assets/find-code.ts'
import type { ResourceContext } from '../resource-context.ts'
import type { PhysicalResource } from '../resource-type.ts'
import type { Tools } from './deployer.ts'
import { recordEvent, stackEvent } from './events.ts'
import { checkExportsKept, exportsOf } from './exports.ts'
import { discard } from './remove-stack.ts'
import type { ResourceState, ResourceStatus, StackState } from './stack-state.ts'
import { typeNamed } from './validate.ts'

type Planned = Definition & { readonly fingerprint: string | undefined }

type Plan = {
  /** The stack as it was. */
  readonly before: StackState
  readonly started: StackState
  readonly evaluation: Evaluation
  readonly planned: ReadonlyMap<string, Planned>
  readonly sources: DeploymentSources
}

/**
 * One deployment under way. After each step the state is written down, so that a deployment that is cut short is
 * completed by the next; when a step fails, the steps before it are taken back, the last one first.
 */
export class Progress {
  private readonly tools: Tools
  private readonly plan: Plan
  private readonly resources: Map<string, ResourceState>
  private readonly undo: { logicalId: string; run: () => Promise<void> }[] = []
  private readonly find: FindPhysical

  constructor(tools: Tools, plan: Plan) {
    this.tools = tools
    this.plan = plan
    this.resources = new Map(tools.state.resources(plan.started.name))
    this.find = (logicalId) => {
      const found = this.resources.get(logicalId)
      return found?.status === 'CREATE_IN_PROGRESS' ? undefined : found
    }
  }

  /** @throws AwsError when it failed; the stack is then as it was before, as far as it could be brought back */
  async run(steps: readonly Step[], templateText: string): Promise<StackState> {
    const { state } = this.tools
    const { started, evaluation } = this.plan
    await state.putStack(started)
    await stackEvent(this.tools, started)
    let outputs
    try {
      for (const step of steps) if (step.action !== 'delete') await this.apply(step)
      outputs = evaluation.outputs(this.find)
      checkExportsKept(state, started, exportsOf(outputs))
      this.tools.changed()
    } catch (error) {
      throw await this.rollBack(error)
    }
    for (const step of steps) {
      if (step.action === 'delete') await this.discardNamed(step.logicalId)
    }
    await this.discardRetired()
    this.tools.changed()
    const done: StackState = {
      ...started,
      status: started.status === 'CREATE_IN_PROGRESS' ? 'CREATE_COMPLETE' : 'UPDATE_COMPLETE',
      updated: this.tools.environment.clock.now(),
      outputs,
      imports: [...evaluation.imports],
    }
    await state.putStack(done, templateText)
    await stackEvent(this.tools, done)
    return done
  }

  private async apply(step: Step): Promise<void> {
    const { logicalId } = step
    const planned = this.plan.planned.get(logicalId)
    if (planned === undefined) return
    try {
      const properties = this.plan.evaluation.properties(logicalId, this.find)
      const existing = this.resources.get(logicalId)
      if (existing === undefined || existing.status === 'CREATE_IN_PROGRESS') {
        const serial = existing?.serial ?? this.plan.started.deployments
        await this.create(logicalId, properties, serial, existing !== undefined)
      } else if (step.action === 'replace') await this.replace(existing, properties)
      else await this.update(existing, properties)
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error)
      const failed = step.action === 'update' ? 'UPDATE_FAILED' : 'CREATE_FAILED'
      const physicalId = this.resources.get(logicalId)?.physicalId ?? ''
      await recordEvent(this.tools, this.plan.started, {
        logicalId,
        physicalId,
        type: planned.type,
        status: failed,
        reason,
      })
      throw new AwsError(
        error instanceof AwsError ? error.code : 'InternalFailure',
        reason.startsWith(`Resource ${logicalId}`)
          ? reason
          : `Resource ${logicalId} (${planned.type}): ${reason}`,
        { cause: error },
      )
    }
  }

  private context(logicalId: string, serial: number, resuming = false): ResourceContext {
    const { sources, started } = this.plan
    return this.tools.contextFor(started, logicalId, { serial, resuming, sources })
  }

  private async put(resource: ResourceState): Promise<void> {
    await this.tools.state.putResource(this.plan.started.name, resource)
    this.resources.set(resource.logicalId, resource)
    await recordEvent(this.tools, this.plan.started, resource)
  }

  private record(
    logicalId: string,
    properties: JsonObject,
    about: { serial: number; status: ResourceStatus; physical: PhysicalResource },
  ): ResourceState {
    const planned = this.plan.planned.get(logicalId)
    const resource = this.plan.evaluation.resources.get(logicalId)
    if (planned === undefined || resource === undefined) throw new Error(`No plan for ${logicalId}`)
    const { physical } = about
    return {
      logicalId,
      type: resource.type,
      serial: about.serial,
      status: about.status,
      physicalId: physical.physicalId,
      attributes: physical.attributes,
      ...(physical.internal === undefined ? {} : { internal: physical.internal }),
      properties,
      preview: planned.preview,
      ...(planned.fingerprint === undefined ? {} : { fingerprint: planned.fingerprint }),
      dependencies: [...resource.dependencies],
      deletionPolicy: resource.deletionPolicy,
      updateReplacePolicy: resource.updateReplacePolicy,
      updated: this.tools.environment.clock.now(),
    }
  }

  private async create(
    logicalId: string,
    properties: JsonObject,
    serial: number,
    resuming: boolean,
  ): Promise<void> {
    const nothing: PhysicalResource = { physicalId: '', attributes: {} }
    const begun = { serial, status: 'CREATE_IN_PROGRESS', physical: nothing } as const
    const former = resuming ? undefined : this.resources.get(logicalId)
    this.undo.push({ logicalId, run: () => this.takeBackCreation(logicalId, former) })
    await this.put(this.record(logicalId, properties, begun))
    const context = this.context(logicalId, serial, resuming)
    const type = typeNamed(this.plan.planned.get(logicalId)?.type ?? '')
    const physical = await type.create(context, properties)
    await this.put(
      this.record(logicalId, properties, { serial, status: 'CREATE_COMPLETE', physical }),
    )
  }

  private async takeBackCreation(
    logicalId: string,
    former: ResourceState | undefined,
  ): Promise<void> {
    const made = this.resources.get(logicalId)
    if (made !== undefined && made.status !== 'CREATE_IN_PROGRESS') {
      await discard(this.tools, this.plan.started, { ...made, deletionPolicy: 'Delete' })
    }
    if (former === undefined) {
      await this.tools.state.removeResource(this.plan.started.name, logicalId)
      this.resources.delete(logicalId)
      return
    }
    await this.put(former)
    await this.tools.state.forgetRetired(this.plan.started.name, former)
    const context = this.context(logicalId, former.serial)
    typeNamed(former.type).restore(context, former, former.properties)
  }

  private async replace(existing: ResourceState, properties: JsonObject): Promise<void> {
    await this.tools.state.retire(this.plan.started.name, existing)
    await this.create(existing.logicalId, properties, this.plan.started.deployments, false)
  }

  private async update(existing: ResourceState, properties: JsonObject): Promise<void> {
    const { logicalId, serial } = existing
    const fingerprint = this.plan.planned.get(logicalId)?.fingerprint
    const whole = existing.status === 'CREATE_COMPLETE' || existing.status === 'UPDATE_COMPLETE'
    if (
      whole &&
      sameJson(existing.properties, properties) &&
      existing.fingerprint === fingerprint
    ) {
      // Only what it was made from is written differently, or a policy changed.
      const same = { serial, status: existing.status, physical: existing }
      const next = this.record(logicalId, properties, same)
      await this.tools.state.putResource(this.plan.started.name, next)
      this.resources.set(logicalId, next)
      this.undo.push({ logicalId, run: () => this.put(existing) })
      return
    }
    await this.put({ ...existing, status: 'UPDATE_IN_PROGRESS' })
    this.undo.push({ logicalId, run: () => this.takeBackUpdate(existing, properties) })
    const result = await typeNamed(existing.type).update(
      this.context(logicalId, serial),
      existing,
      {
        before: existing.properties,
        after: properties,
      },
    )
    if (result === 'replace') {
      this.undo.pop()
      this.resources.set(logicalId, existing)
      await this.replace(existing, properties)
    } else {
      const status = 'UPDATE_COMPLETE'
      await this.put(this.record(logicalId, properties, { serial, status, physical: result }))
    }
  }

  private async takeBackUpdate(former: ResourceState, properties: JsonObject): Promise<void> {
    const context = this.context(former.logicalId, former.serial)
    const now = this.resources.get(former.logicalId) ?? former
    const result = await typeNamed(former.type).update(context, now, {
      before: properties,
      after: former.properties,
    })
    if (result === 'replace') throw new Error('the former properties would need a new resource')
    await this.put({ ...former, ...result })
  }

  private async discardNamed(logicalId: string): Promise<void> {
    const resource = this.resources.get(logicalId)
    if (resource === undefined) return
    await this.discardOld(resource)
    await this.tools.state.removeResource(this.plan.started.name, logicalId)
    this.resources.delete(logicalId)
  }

  /** As on AWS, an update is complete even when something old could not be removed: it is left behind. */
  private async discardOld(resource: ResourceState): Promise<void> {
    try {
      await discard(this.tools, this.plan.started, resource)
    } catch (error) {
      this.tools.environment.report({
        level: 'warn',
        part: 'stack',
        message: error instanceof Error ? error.message : String(error),
        cause: error,
      })
    }
  }

  private async discardRetired(): Promise<void> {
    const { name } = this.plan.started
    for (const old of this.tools.state.retired(name)) {
      await this.discardOld({ ...old, deletionPolicy: old.updateReplacePolicy })
      await this.tools.state.forgetRetired(name, old)
    }
  }

  /** Takes back what was done, writes the outcome down, and gives the error to throw. */
  private async rollBack(error: unknown): Promise<AwsError> {
    const { started, before } = this.plan
    const reason = error instanceof Error ? error.message : String(error)
    const kept: string[] = []
    for (const { logicalId, run } of this.undo.reverse()) {
      try {
        await run()
      } catch (failure) {
        kept.push(`${logicalId}: ${failure instanceof Error ? failure.message : String(failure)}`)
      }
    }
    this.tools.changed()
    const creating = started.status === 'CREATE_IN_PROGRESS'
    const prefix = creating ? 'ROLLBACK' : 'UPDATE_ROLLBACK'
    const after: StackState = {
      ...before,
      deployments: started.deployments,
      status: kept.length === 0 ? `${prefix}_COMPLETE` : `${prefix}_FAILED`,
      reason,
      updated: this.tools.environment.clock.now(),
    }
    await this.tools.state.putStack(after)
    await stackEvent(this.tools, after)
    const outcome =
      kept.length === 0
        ? creating
          ? 'Nothing of it was kept.'
          : 'It is as it was before.'
        : `These could not be brought back: ${kept.join('; ')}`
    return new AwsError(
      error instanceof AwsError ? error.code : 'InternalFailure',
      `Stack ${started.name} was not deployed. ${reason.replace(/[.\s]*$/, '.')} ${outcome}`,
      { cause: error },
    )
  }
}
