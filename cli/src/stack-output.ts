import { CloudFormationClient, DescribeStacksCommand } from '@aws-sdk/client-cloudformation'
import { CliError } from './cli-error.ts'

/** The local cloud takes any key. */
const LOCAL = {
  region: process.env['AWS_REGION'] ?? 'us-east-1',
  credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
}

const isHere = (endpoint = ''): boolean =>
  URL.canParse(endpoint) && ['localhost', '127.0.0.1', '[::1]'].includes(new URL(endpoint).hostname)

/**
 * What a deployed stack says, asked of CloudFormation by the AWS settings.
 *
 * @throws CliError where there is no such stack, or no such output
 */
export async function stackOutput(StackName: string, name: string): Promise<string> {
  const client = new CloudFormationClient(isHere(process.env['AWS_ENDPOINT_URL']) ? LOCAL : {})
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
