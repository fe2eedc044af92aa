import { list, optional, text } from '../../../kernel/index.ts'
import { operation } from '../operation.ts'
import { isoTime } from './shown.ts'

/** AWS CloudFormation, "ListStacks". */
export const listStacks = operation('ListStacks', {
  input: { StackStatusFilter: optional(list(text)), NextToken: optional(text) },
  run({ deployer: { state } }, { StackStatusFilter: wanted = [] }) {
    const stacks = state
      .stacks()
      .filter((stack) => wanted.length === 0 || wanted.includes(stack.status))
    return {
      StackSummaries: stacks.map((stack) => ({
        StackId: stack.id,
        StackName: stack.name,
        StackStatus: stack.status,
        ...(stack.reason === undefined ? {} : { StackStatusReason: stack.reason }),
        CreationTime: isoTime(stack.created),
        LastUpdatedTime: isoTime(stack.updated),
        DriftInformation: { StackDriftStatus: 'NOT_CHECKED' },
      })),
    }
  },
})
