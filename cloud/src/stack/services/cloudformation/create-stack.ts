import { AwsError } from '../../../kernel/index.ts'
import { operation } from '../operation.ts'
import { parameterValues, stackInput, templateBody } from './stack-input.ts'

/** AWS CloudFormation, "CreateStack". Answers once the stack is complete. */
export const createStack = operation('CreateStack', {
  input: stackInput,
  async run({ deployer }, input) {
    const existing = deployer.state.stack(input.StackName)
    if (existing !== undefined && existing.status !== 'ROLLBACK_COMPLETE') {
      throw new AwsError('AlreadyExistsException', `Stack [${input.StackName}] already exists`)
    }
    const { stack } = await deployer.deploy({
      stackName: input.StackName,
      template: templateBody(input),
      parameters: parameterValues(input.Parameters, {}),
    })
    return { StackId: stack.id }
  },
})
