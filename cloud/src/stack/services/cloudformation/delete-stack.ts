import { document, optional, text } from '../../../kernel/index.ts'
import { operation } from '../operation.ts'

/** AWS CloudFormation, "DeleteStack". Answers once the stack is gone; one that is not there counts as gone. */
export const deleteStack = operation('DeleteStack', {
  input: { StackName: text, RetainResources: optional(document), RoleARN: optional(text) },
  async run({ deployer }, { StackName }) {
    await deployer.remove(/:stack\/([^/]+)\//.exec(StackName)?.[1] ?? StackName)
    return {}
  },
})
