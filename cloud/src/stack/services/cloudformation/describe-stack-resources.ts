import { AwsError, optional, text } from '../../../kernel/index.ts'
import { operation } from '../operation.ts'
import { findStack } from './find-stack.ts'
import { shownResource } from './shown.ts'

/** AWS CloudFormation, "DescribeStackResources": of a stack, or of the stack that has a physical resource. */
export const describeStackResources = operation('DescribeStackResources', {
  input: {
    StackName: optional(text),
    PhysicalResourceId: optional(text),
    LogicalResourceId: optional(text),
  },
  run({ deployer: { state } }, { StackName, PhysicalResourceId, LogicalResourceId }) {
    const owner = state
      .stacks()
      .find(({ name }) =>
        [...state.resources(name).values()].some((each) => each.physicalId === PhysicalResourceId),
      )
    const stack = StackName === undefined ? owner : findStack(state, StackName)
    if (stack === undefined) {
      throw new AwsError('ValidationError', `Stack for ${PhysicalResourceId ?? ''} does not exist`)
    }
    const resources = [...state.resources(stack.name).values()].filter(
      (each) => LogicalResourceId === undefined || each.logicalId === LogicalResourceId,
    )
    return { StackResources: resources.map((each) => shownResource(stack, each)) }
  },
})
