import { Command } from 'commander'
import { httpAddress } from '../options.ts'
import { say } from '../terminal.ts'
import { asCliError, botToken } from '../telegram.ts'

type Options = { apiRoot?: string; drop?: true }

export const describeDeleteWebhook = (): Command =>
  new Command('delete-webhook')
    .description('Have Telegram keep its updates until they are asked for ("cloudlet bot").')
    .option('--drop', 'throw away the updates that are waiting')
    .option(
      '--api-root <url>',
      'another server of the Bot API',
      httpAddress,
      process.env['TELEGRAM_API_ROOT'],
    )
    .action(deleteWebhook)

async function deleteWebhook(options: Options): Promise<void> {
  const token = botToken()
  const bot = await import('@cloudlet/telegram-bot')
  const api = bot.patientTelegramApi({ token, apiRoot: options.apiRoot })
  await api.deleteWebhook({ drop_pending_updates: options.drop === true }).catch(asCliError)
  say('The webhook is removed. "cloudlet bot" asks for updates again.')
}
