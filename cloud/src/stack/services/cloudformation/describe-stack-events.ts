import { optional, text } from '../../../kernel/index.ts'
import { operation } from '../operation.ts'
import { findStack } from './find-stack.ts'
import { shownEvent } from './shown.ts'

/** AWS CloudFormation, "DescribeStackEvents": newest first. */
export const describeStackEvents = operation('DescribeStackEvents', {
  input: { StackName: text, NextToken: optional(text) },
  run({ deployer: { state } }, { StackName }) {
    return { StackEvents: state.events(findStack(state, StackName).id).map(shownEvent) }
  },
})
