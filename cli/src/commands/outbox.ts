import { Command } from 'commander'
import { CliError } from '../cli-error.ts'
import { count, port } from '../options.ts'
import { askCloud, messageOf } from '../running-cloud.ts'
import { paint, say } from '../terminal.ts'

/** A message of `GET /_cloudlet/outbox`. */
type Message = {
  readonly sentMs: number
  readonly poolId: string
  readonly username: string
  readonly medium: string
  readonly destination: string
  readonly subject?: string
  readonly body: string
  readonly code?: string
}

type Options = { lastCode?: string; user?: string; limit: number; json?: true; port: number }

export const describeOutbox = (): Command =>
  new Command('outbox')
    .description('Show the messages that user pools would have sent: codes and invitations.')
    .option('--last-code <user>', 'only the newest code of a user name or address, to paste')
    .option('-u, --user <user>', 'only messages to this user name or address')
    .option('-n, --limit <count>', 'how many, the newest', count, 20)
    .option('--json', 'as JSON, newest first')
    .option('-p, --port <port>', 'port of the AWS endpoint', port, 4566)
    .addHelpText('after', '\nExample:\n  cloudlet outbox --last-code ana@example.com')
    .action(async (options: Options) => {
      if (options.lastCode !== undefined) return printLastCode(options.port, options.lastCode)
      const messages = await messagesOf(options.port, options.user, options.limit)
      if (options.json === true) say(JSON.stringify(messages, null, 2))
      else if (messages.length === 0) say('The outbox is empty.')
      else for (const message of messages.toReversed()) show(message)
    })

async function printLastCode(endpointPort: number, user: string): Promise<void> {
  const messages = await messagesOf(endpointPort, user)
  const code = messages.find((message) => message.code !== undefined)?.code
  if (code === undefined) throw new CliError(`No code was sent to ${user}.`)
  process.stdout.write(`${code}\n`)
}

async function messagesOf(
  endpointPort: number,
  user: string | undefined,
  limit?: number,
): Promise<readonly Message[]> {
  const query = new URLSearchParams({
    ...(user === undefined ? {} : { user }),
    ...(limit === undefined ? {} : { limit: String(limit) }),
  })
  const answer = await askCloud(endpointPort, { path: `/_cloudlet/outbox?${query.toString()}` })
  if (answer.status !== 200) throw new CliError(messageOf(answer))
  return (JSON.parse(answer.body) as { messages: Message[] }).messages
}

function show(message: Message): void {
  const sent = new Date(message.sentMs).toISOString()
  const to =
    message.username === message.destination
      ? message.destination
      : `${message.username} at ${message.destination}`
  say(`${paint.dim(sent)} ${message.medium} to ${paint.bold(to)}`)
  if (message.subject !== undefined) say(`  ${message.subject}`)
  say(`  ${message.body.replaceAll('\n', '\n  ')}\n`)
}
