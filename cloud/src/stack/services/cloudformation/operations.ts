import type { Operation } from '../../../kernel/index.ts'
import type { ControlContext } from '../control-services.ts'
import { createStack } from './create-stack.ts'
import { deleteStack } from './delete-stack.ts'
import { describeStackEvents } from './describe-stack-events.ts'
import { describeStackResource } from './describe-stack-resource.ts'
import { describeStackResources } from './describe-stack-resources.ts'
import { describeStacks } from './describe-stacks.ts'
import { getTemplate } from './get-template.ts'
import { listExports } from './list-exports.ts'
import { listStackResources } from './list-stack-resources.ts'
import { listStacks } from './list-stacks.ts'
import { updateStack } from './update-stack.ts'
import { validateTemplate } from './validate-template.ts'

/** CloudFormation's operations. A new one is added here, with its file beside this one. */
export const cloudFormationOperations: readonly Operation<ControlContext>[] = [
  createStack,
  deleteStack,
  describeStackEvents,
  describeStackResource,
  describeStackResources,
  describeStacks,
  getTemplate,
  listExports,
  listStackResources,
  listStacks,
  updateStack,
  validateTemplate,
]
