import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { Command } from 'commander'
import { CliError } from '../cli-error.ts'
import { onStop } from '../on-stop.ts'
import { httpAddress, port } from '../options.ts'
import { prepareReadyFile, writeReadyFile } from '../ready-file.ts'
import { columns, paint, say } from '../terminal.ts'
import { asCliError, botToken } from '../telegram.ts'
import { describeDeleteWebhook } from './bot-delete-webhook.ts'
import { describeSetWebhook } from './bot-set-webhook.ts'

type Options = {
  simulate?: true
  /** False with --no-bot. */
  bot: boolean
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
      '--no-bot',
      'with --simulate: no bot, only its Telegram, for a bot elsewhere (a deployed function, set-webhook)',
    )
    .option(
      '--token-api <url>',
      'address of the token API',
      httpAddress,
      process.env['TOKEN_API_URL'] ?? 'http://localhost:3000/tokens',
    )
    .option('--ready-file <file>', 'write a JSON file with the addresses once all is up')
    .option('-d, --data <folder>', "folder for the bot's data (default: .cloudlet/bot)")
    .option('-m, --memory', 'keep nothing: all pairings are gone when it stops')
    .option('--table <name>', 'keep the data in this DynamoDB table, found by the AWS settings')
    .option(
      '--api-root <url>',
      'another server of the Bot API',
      httpAddress,
      process.env['TELEGRAM_API_ROOT'],
    )
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
      [
        '',
        'Examples:',
        '  cloudlet bot --simulate                  without Telegram: phones in a page',
        '  TELEGRAM_TOKEN=123:abc cloudlet bot      with Telegram',
        '  cloudlet bot set-webhook --stage dev     with Telegram and the deployed function',
        '',
        'Environment (or .env, for the token):',
        '  TELEGRAM_TOKEN     token of the bot, from @BotFather; never shown or logged',
        '  TOKEN_API_URL, TELEGRAM_API_ROOT, BOT_FILTERS   defaults of the options',
      ].join('\n'),
    )
    .action(runBotCommand)

type Bot = typeof import('@cloudlet/telegram-bot')
type Closers = (() => Promise<void>)[]

async function runBotCommand(options: Options): Promise<void> {
  if (!options.bot && options.simulate !== true) {
    throw new CliError('--no-bot goes with --simulate.', 2)
  }
  const token = options.simulate === true ? undefined : botToken()
  if (options.readyFile !== undefined) prepareReadyFile(options.readyFile)
  // What the SDK will need after January 2027 is no news to who runs this.
  process.env['AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED'] ??= 'true'
  const bot = await import('@cloudlet/telegram-bot')
  const closers: Closers = []
  const close = async (): Promise<void> => {
    if (options.readyFile !== undefined) rmSync(options.readyFile, { force: true })
    for (const each of closers.toReversed()) await each()
  }
  onStop(close)
  try {
    const folder =
      options.data ?? join('.cloudlet', options.simulate === true ? 'bot-simulation' : 'bot')
    const simulator =
      options.simulate === true ? await simulate(bot, options, folder, closers) : undefined
    if (!options.bot) return announceSimulator(options, simulator ?? '', bot.SIMULATED_TOKEN)
    const apiRoot = simulator ?? options.apiRoot
    const running = await bot
      .runBot({
        token: token ?? bot.SIMULATED_TOKEN,
        table: await openTable(bot, options, folder, closers),
        tokensUrl: options.tokenApi,
        ...(apiRoot === undefined ? {} : { apiRoot }),
        ...(options.filters === undefined ? {} : { filters: options.filters }),
      })
      .catch(asCliError)
    closers.push(running.stop)
    await announce(options, running.username, simulator)
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
  closers: Closers,
): Promise<ReturnType<Bot['tableAt']>> {
  if (options.table !== undefined) return usableTable(bot, options.table)
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

async function usableTable(bot: Bot, name: string): Promise<ReturnType<Bot['tableAt']>> {
  const table = bot.existingTable(name)
  await bot.requireTable(table).catch((error: unknown) => {
    const reason = error instanceof Error ? error.message : String(error)
    throw new CliError(`The table ${name} cannot be used: ${reason}`)
  })
  return table
}

async function simulate(
  bot: Bot,
  options: Options,
  folder: string,
  closers: Closers,
): Promise<string> {
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
  return address
}

async function announce(
  options: Options,
  username: string,
  simulator: string | undefined,
): Promise<void> {
  const { tokenApi, readyFile, memory } = options
  const problem = (await answers(tokenApi)) ? '' : paint.yellow('  does not answer: "npm start"?')
  const rows = [['Bot', `@${username}`]]
  if (simulator !== undefined) rows.push(['Phones', paint.cyan(simulator)])
  rows.push(['Token API', `${tokenApi}${problem}`])
  say(`\n${paint.green('●')} ${paint.bold('The bot is running')}\n\n${columns(rows)}\n`)
  const kept = memory === true ? 'nothing is kept' : 'its pairings are kept'
  say(paint.dim(`Ctrl-C stops it; ${kept}.`))
  if (readyFile === undefined) return
  writeReadyFile(readyFile, { bot: username, tokenApi, ...placesOf(simulator) })
}

/** Says how a bot elsewhere becomes the bot of this Telegram; its token is of no use in the real one. */
function announceSimulator({ readyFile }: Options, simulator: string, token: string): void {
  const rows = [
    ['Phones', paint.cyan(simulator)],
    ['Bot token', token],
  ]
  say(`\n${paint.green('●')} ${paint.bold('A simulated Telegram is running')}\n`)
  say(`${columns(rows)}\n`)
  const parameters = `--parameter TelegramToken=${token} --parameter TelegramApiRoot=${simulator}`
  say(paint.dim(`A deployed function as its bot: cloudlet up … ${parameters}`))
  say(paint.dim(`then TELEGRAM_TOKEN=${token} cloudlet bot set-webhook --api-root ${simulator}\n`))
  if (readyFile !== undefined) writeReadyFile(readyFile, placesOf(simulator))
}

const placesOf = (simulator: string | undefined): object =>
  simulator === undefined ? {} : { simulator, page: `${simulator}/`, apiRoot: simulator }

const LOOK_MS = 1_500

/** Whether anything answers there, whatever it says. */
async function answers(address: string): Promise<boolean> {
  try {
    await fetch(address, { signal: AbortSignal.timeout(LOOK_MS) })
    return true
  } catch {
    return false
  }
}
