import { optional, text } from '../../../kernel/index.ts'
import { exportsOf } from '../../deploy/exports.ts'
import { operation } from '../operation.ts'

/** AWS CloudFormation, "ListExports". */
export const listExports = operation('ListExports', {
  input: { NextToken: optional(text) },
  run: ({ deployer: { state } }) => ({
    Exports: state.stacks().flatMap((stack) =>
      [...exportsOf(stack.outputs)].map(([Name, Value]) => ({
        ExportingStackId: stack.id,
        Name,
        Value,
      })),
    ),
  }),
})
