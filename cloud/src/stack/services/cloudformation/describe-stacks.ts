import { optional, text } from '../../../kernel/index.ts'
import { operation } from '../operation.ts'
import { findStack } from './find-stack.ts'
import { shownStack } from './shown.ts'

/** AWS CloudFormation, "DescribeStacks". */
export const describeStacks = operation('DescribeStacks', {
  input: { StackName: optional(text), NextToken: optional(text) },
  run({ deployer: { state } }, { StackName }) {
    const stacks = StackName === undefined ? state.stacks() : [findStack(state, StackName)]
    return { Stacks: stacks.map(shownStack) }
  },
})
