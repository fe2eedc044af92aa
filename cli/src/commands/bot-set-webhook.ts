import { Command } from 'commander'
import { CliError } from '../cli-error.ts'
import { httpAddress } from '../options.ts'
import { say } from '../terminal.ts'
import { asCliError, botToken } from '../telegram.ts'

type Options = { stage: string; url?: string; connections: number; apiRoot?: string }

export const describeSetWebhook = (): Command =>
  new Command('set-webhook')
    .description('Have Telegram post to the deployed function instead of being asked.')
    .option('--stage <stage>', 'stage of the deployed stack', 'dev')
    .option('--url <url>', "the webhook's address (default: that of the stack)", httpAddress)
    .option(
      '--connections <count>',
      'updates that Telegram may post at a time; more than 1 is faster, but messages may overtake each other',
      Number,
      1,
    )
    .option(
      '--api-root <url>',
      'another server of the Bot API',
      httpAddress,
      process.env['TELEGRAM_API_ROOT'],
    )
    .action(setWebhook)

async function setWebhook(options: Options): Promise<void> {
  const token = botToken()
  // What the SDK will need after January 2027 is no news to who runs this.
  process.env['AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED'] ??= 'true'
  if (
    !Number.isInteger(options.connections) ||
    options.connections < 1 ||
    options.connections > 100
  ) {
    throw new CliError('--connections is a whole number from 1 to 100.', 2)
  }
  const bot = await import('@cloudlet/telegram-bot')
  // The local cloud answers at its own endpoint, and not where its outputs say that AWS would.
  const url =
    options.url ?? bot.apiAddress(await stackUrl(options.stage), process.env['AWS_ENDPOINT_URL'])
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

async function stackUrl(stage: string): Promise<string> {
  const { stackOutput } = await import('../stack-output.ts')
  const stack = stage === 'dev' ? 'telegram-bot' : `${stage}-telegram-bot`
  return `${await stackOutput(stack, 'ApiUrl')}/webhook`
}
