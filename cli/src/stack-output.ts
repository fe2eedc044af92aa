import { CloudFormationClient, DescribeStacksCommand } from '@aws-sdk/client-cloudformation'
import { CliError } from './cli-error.ts'

/**
 * What a deployed stack says, asked of CloudFormation by the AWS settings.
 *
 * @throws CliError where there is no such stack, or no such output
 */
export async function stackOutput(StackName: string, name: string): Promise<string> {
  const client = new CloudFormationClient({})
  const answer = await client
    .send(new DescribeStacksCommand({ StackName }))
    .catch((error: unknown) => {
      const reason = error instanceof Error ? error.message : String(error)
      throw new CliError(
        `The stack ${StackName} could not be asked for its address: ${reason}. Deploy it, or give --url.`,
      )
    })
  const output = answer.Stacks?.[0]?.Outputs?.find((each) => each.OutputKey === name)
  if (output?.OutputValue === undefined)
    throw new CliError(`The stack ${StackName} has no ${name}.`)
  return output.OutputValue
}
