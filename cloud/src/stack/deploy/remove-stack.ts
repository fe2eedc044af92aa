import { AwsError } from '../../kernel/index.ts'
import { dependencyOrder } from '../../template/index.ts'
import type { Tools } from './deployer.ts'
import { recordEvent, stackEvent } from './events.ts'
import { checkExportsKept } from './exports.ts'
import type { ResourceState, StackState } from './stack-state.ts'
import { typeNamed } from './validate.ts'

/**
 * Removes a stack: dependents before what they depend on; resources with DeletionPolicy Retain stay.
 *
 * @throws AwsError ValidationError when another stack reads an export; the resource's own when one cannot go
 */
export async function removeStack(tools: Tools, stackName: string): Promise<void> {
  const { state, environment } = tools
  const stack = state.stack(stackName)
  if (stack === undefined) return // as AWS: deleting what is not there succeeds
  checkExportsKept(state, stack, new Map())
  const leaving: StackState = { ...stack, status: 'DELETE_IN_PROGRESS' }
  await state.putStack(leaving)
  await stackEvent(tools, leaving)
  try {
    await removeResources(tools, leaving)
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    const failed: StackState = { ...leaving, status: 'DELETE_FAILED', reason }
    await state.putStack(failed)
    await stackEvent(tools, failed)
    throw error
  } finally {
    tools.changed()
  }
  const gone: StackState = {
    ...leaving,
    status: 'DELETE_COMPLETE',
    updated: environment.clock.now(),
    outputs: [],
    imports: [],
  }
  await state.removeStack(gone)
  await stackEvent(tools, gone)
}

async function removeResources(tools: Tools, stack: StackState): Promise<void> {
  const { state } = tools
  const resources = state.resources(stack.name)
  const nodes = new Map(
    [...resources].map(([logicalId, each]) => [
      logicalId,
      { dependencies: new Set(each.dependencies) },
    ]),
  )
  for (const logicalId of dependencyOrder(nodes).toReversed()) {
    const resource = resources.get(logicalId)
    if (resource === undefined) continue
    await discard(tools, stack, resource)
    await state.removeResource(stack.name, logicalId)
  }
  for (const old of state.retired(stack.name)) {
    await discard(tools, stack, { ...old, deletionPolicy: old.updateReplacePolicy })
    await state.forgetRetired(stack.name, old)
  }
}

/**
 * Removes what stands behind a resource, unless its policy keeps it.
 *
 * @throws AwsError naming the resource when it cannot be removed
 */
export async function discard(
  tools: Tools,
  stack: StackState,
  resource: ResourceState,
): Promise<void> {
  const { logicalId, type } = resource
  if (resource.physicalId === '') return // its creation was cut short before it had a name
  if (resource.deletionPolicy !== 'Delete') {
    await recordEvent(tools, stack, { ...resource, status: 'DELETE_SKIPPED' })
    return
  }
  await recordEvent(tools, stack, { ...resource, status: 'DELETE_IN_PROGRESS' })
  const context = tools.contextFor(stack, logicalId, { serial: resource.serial })
  try {
    await typeNamed(type).remove(context, resource, resource.properties)
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    await recordEvent(tools, stack, { ...resource, status: 'DELETE_FAILED', reason })
    throw new AwsError(
      error instanceof AwsError ? error.code : 'InternalFailure',
      `Resource ${logicalId} (${type}) was not removed: ${reason}`,
      { cause: error },
    )
  }
  await recordEvent(tools, stack, { ...resource, status: 'DELETE_COMPLETE' })
}
