import { optional, text } from '../../../kernel/index.ts'
import { operation } from '../operation.ts'
import { findStack } from './find-stack.ts'

/** AWS CloudFormation, "GetTemplate". */
export const getTemplate = operation('GetTemplate', {
  input: { StackName: text, TemplateStage: optional(text) },
  run({ deployer: { state } }, { StackName }) {
    const stack = findStack(state, StackName)
    return {
      TemplateBody: state.template(stack.name) ?? '{}',
      StagesAvailable: ['Original', 'Processed'],
    }
  },
})
