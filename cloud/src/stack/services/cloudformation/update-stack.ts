import { AwsError } from '../../../kernel/index.ts'
import { operation } from '../operation.ts'
import { findStack } from './find-stack.ts'
import { parameterValues, stackInput, templateBody } from './stack-input.ts'

/** AWS CloudFormation, "UpdateStack". Answers once the stack is complete. */
export const updateStack = operation('UpdateStack', {
  input: stackInput,
  async run({ deployer }, input) {
    const { state } = deployer
    const existing = findStack(state, input.StackName)
    const previous =
      input.UsePreviousTemplate === 'true' ? state.template(existing.name) : undefined
    const { stack, changed } = await deployer.deploy({
      stackName: existing.name,
      template: previous ?? templateBody(input),
      parameters: parameterValues(input.Parameters, existing.parameters),
    })
    if (!changed) throw new AwsError('ValidationError', 'No updates are to be performed.')
    return { StackId: stack.id }
  },
})
