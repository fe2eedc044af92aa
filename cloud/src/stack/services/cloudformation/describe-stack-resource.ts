import { AwsError, text } from '../../../kernel/index.ts'
import { operation } from '../operation.ts'
import { findStack } from './find-stack.ts'
import { isoTime, shownResource } from './shown.ts'

/** AWS CloudFormation, "DescribeStackResource". */
export const describeStackResource = operation('DescribeStackResource', {
  input: { StackName: text, LogicalResourceId: text },
  run({ deployer: { state } }, { StackName, LogicalResourceId }) {
    const stack = findStack(state, StackName)
    const resource = state.resources(stack.name).get(LogicalResourceId)
    if (resource === undefined) {
      throw new AwsError(
        'ValidationError',
        `Resource ${LogicalResourceId} does not exist for stack ${stack.name}`,
      )
    }
    return {
      StackResourceDetail: {
        ...shownResource(stack, resource),
        LastUpdatedTimestamp: isoTime(resource.updated),
      },
    }
  },
})
