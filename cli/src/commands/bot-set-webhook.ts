import { Command } from 'commander'
import { CliError } from '../cli-error.ts'
import { say } from '../terminal.ts'
import { asCliError, botToken } from '../telegram.ts'

type Options = { stage: string; url?: string; connections: number; apiRoot?: string }

export const describeSetWebhook = (): Command =>
  new Command('set-webhook')
    .description('Have Telegram post to the deployed function instead of being asked.')
    .option('--stage <stage>', 'stage of the deployed stack', 'dev')
    .option('--url <url>', "the webhook's address (default: that of the stack)")
    .option(
      '--connections <count>',
      'updates that Telegram may post at a time; more than 1 is faster, but messages may overtake each other',
      Number,
      1,
    )
    .option('--api-root <url>', 'another server of the Bot API', process.env['TELEGRAM_API_ROOT'])
    .action(setWebhook)

async function setWebhook(options: Options): Promise<void> {
  const token = botToken()
  if (
    !Number.isInteger(options.connections) ||
    options.connections < 1 ||
    options.connections > 100
  ) {
    throw new CliError('--connections is a whole number from 1 to 100.', 2)
  }
  const url = options.url ?? `${await apiUrl(options.stage)}/webhook`
  const bot = await import('@cloudlet/telegram-bot')
  const api = bot.patientTelegramApi({ token, apiRoot: options.apiRoot })
  try {
    await api.setWebhook(url, {
      secret_token: bot.webhookSecret(token, process.env['TELEGRAM_WEBHOOK_SECRET']),
      allowed_updates: bot.ALLOWED_UPDATES,
      max_connections: options.connections,
    })
    await bot.announceCommands(api)
  } catch (error) {
    asCliError(error)
  }
  say(`Telegram posts to ${url}`)
}

/** The output ApiUrl of the stage's stack, asked of CloudFormation by the AWS settings. */
async function apiUrl(stage: string): Promise<string> {
  const { CloudFormationClient, DescribeStacksCommand } =
    await import('@aws-sdk/client-cloudformation')
  const StackName = stage === 'dev' ? 'telegram-bot' : `${stage}-telegram-bot`
  const client = new CloudFormationClient({})
  const answer = await client
    .send(new DescribeStacksCommand({ StackName }))
    .catch((error: unknown) => {
      const reason = error instanceof Error ? error.message : String(error)
      throw new CliError(
        `The stack ${StackName} could not be asked for its address: ${reason}. Deploy it, or give --url.`,
      )
    })
  const output = answer.Stacks?.[0]?.Outputs?.find((each) => each.OutputKey === 'ApiUrl')
  if (output?.OutputValue === undefined) throw new CliError(`The stack ${StackName} has no ApiUrl.`)
  return output.OutputValue
}
