import { optional, text } from '../../../kernel/index.ts'
import { operation } from '../operation.ts'
import { findStack } from './find-stack.ts'
import { summaryOf } from './shown.ts'

/** AWS CloudFormation, "ListStackResources". */
export const listStackResources = operation('ListStackResources', {
  input: { StackName: text, NextToken: optional(text) },
  run({ deployer: { state } }, { StackName }) {
    const stack = findStack(state, StackName)
    return { StackResourceSummaries: [...state.resources(stack.name).values()].map(summaryOf) }
  },
})
