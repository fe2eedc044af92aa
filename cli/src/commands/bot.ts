import { rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { Command } from 'commander'
import { CliError } from '../cli-error.ts'
import { onStop } from '../on-stop.ts'
import { port } from '../options.ts'
import { columns, paint, say } from '../terminal.ts'
import { asCliError, botToken } from '../telegram.ts'
import { describeDeleteWebhook } from './bot-delete-webhook.ts'
import { describeSetWebhook } from './bot-set-webhook.ts'

type Options = {
  simulate?: true
  simPort: number
  tokenApi: string
  readyFile?: string
  data?: string
  memory?: true
  table?: string
  apiRoot?: string
  filters?: string
}

export const describeBot = (): Command =>
  new Command('bot')
    .description('Run the Telegram bot that pairs two chats (token in TELEGRAM_TOKEN or .env).')
    .option('-s, --simulate', 'without Telegram: brings up a simulated one and a page to chat in')
    .option('--sim-port <port>', 'port of the simulated Telegram and its page', port, 4570)
    .option(
      '--token-api <url>',
      'address of the token API',
      process.env['TOKEN_API_URL'] ?? 'http://localhost:3000/tokens',
    )
    .option('--ready-file <file>', 'write a JSON file with the addresses once all is up')
    .option('-d, --data <folder>', "folder for the bot's data (default: .cloudlet/bot)")
    .option('-m, --memory', 'keep nothing: all pairings are gone when it stops')
    .option('--table <name>', 'keep the data in this DynamoDB table, found by the AWS settings')
    .option('--api-root <url>', 'another server of the Bot API', process.env['TELEGRAM_API_ROOT'])
    .option(
      '--filters <list>',
      'filters of every pairing, for example word:spam;link;kind:sticker',
      process.env['BOT_FILTERS'],
    )
    // What stands after a subcommand is the subcommand's, though both have an option of that name.
    .enablePositionalOptions()
    .addCommand(describeSetWebhook())
    .addCommand(describeDeleteWebhook())
    .addHelpText(
      'after',
      '\nExamples:\n  cloudlet bot --simulate\n  TELEGRAM_TOKEN=123:abc cloudlet bot',
    )
    .action(runBotCommand)

type Bot = typeof import('@cloudlet/telegram-bot')

async function runBotCommand(options: Options): Promise<void> {
  const token = options.simulate === true ? undefined : botToken()
  if (options.readyFile !== undefined) rmSync(options.readyFile, { force: true })
  // What the SDK will need after January 2027 is no news to who runs this.
  process.env['AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED'] ??= 'true'
  const bot = await import('@cloudlet/telegram-bot')
  const closers: (() => Promise<void>)[] = []
  const close = async (): Promise<void> => {
    if (options.readyFile !== undefined) rmSync(options.readyFile, { force: true })
    for (const each of closers.toReversed()) await each()
  }
  onStop(close)
  try {
    const folder =
      options.data ?? join('.cloudlet', options.simulate === true ? 'bot-simulation' : 'bot')
    const table = await openTable(bot, options, folder, closers)
    const simulator =
      options.simulate === true ? await simulate(bot, options, folder, closers) : undefined
    const apiRoot = simulator?.address ?? options.apiRoot
    const running = await bot
      .runBot({
        token: token ?? bot.SIMULATED_TOKEN,
        table,
        tokensUrl: options.tokenApi,
        ...(apiRoot === undefined ? {} : { apiRoot }),
        ...(options.filters === undefined ? {} : { filters: options.filters }),
      })
      .catch(asCliError)
    closers.push(running.stop)
    announce(options, running.username, simulator?.address)
    await running.ended.catch(asCliError)
  } catch (error) {
    await close()
    throw error
  }
}

/** A DynamoDB of the bot's own, unless a table is named. */
async function openTable(
  bot: Bot,
  options: Options,
  folder: string,
  closers: (() => Promise<void>)[],
): Promise<ReturnType<Bot['tableAt']>> {
  if (options.table !== undefined) return bot.existingTable(options.table)
  const { createDynamoDB } = await import('cloudlet/dynamodb')
  const engine = createDynamoDB({
    data: options.memory === true ? 'memory' : { folder: join(folder, 'state') },
  })
  closers.push(engine.close)
  const { port: bound } = await engine.listen({ port: 0 })
  const table = bot.tableAt(`http://127.0.0.1:${bound}`, 'telegram-bot')
  await bot.createTable(table)
  return table
}

async function simulate(
  bot: Bot,
  options: Options,
  folder: string,
  closers: (() => Promise<void>)[],
): Promise<{ readonly address: string }> {
  const simulator = bot.createSimulator({
    environment: bot.liveEnvironment,
    ...(options.memory === true ? {} : { journal: join(folder, 'telegram.jsonl') }),
  })
  const address = await simulator
    .listen({ port: options.simPort })
    .catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'EADDRINUSE') throw error
      throw new CliError(
        `Port ${options.simPort} is taken: choose another with --sim-port, or 0 for any.`,
      )
    })
  closers.push(simulator.close)
  // Two people to begin with; the page adds more.
  if (simulator.world.chats().length === 0) {
    simulator.people.setUp(1, { name: 'Ana', language: 'en' })
    simulator.people.setUp(2, { name: 'Bruno', language: 'es' })
  }
  return { address }
}

function announce(options: Options, username: string, simulator: string | undefined): void {
  const rows = [['Bot', `@${username}`]]
  if (simulator !== undefined) rows.push(['Phones', paint.cyan(simulator)])
  rows.push(['Token API', options.tokenApi])
  say(`\n${paint.green('●')} ${paint.bold('The bot is running')}\n\n${columns(rows)}\n`)
  say(paint.dim('Ctrl-C stops it; its pairings are kept.'))
  if (options.readyFile === undefined) return
  const ready = {
    bot: username,
    tokenApi: options.tokenApi,
    ...(simulator === undefined ? {} : { simulator, page: `${simulator}/`, apiRoot: simulator }),
  }
  writeFileSync(options.readyFile, `${JSON.stringify(ready, null, 2)}\n`)
}
