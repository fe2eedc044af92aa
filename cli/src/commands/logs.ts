import { setTimeout as wait } from 'node:timers/promises'
import { Command } from 'commander'
import { CliError } from '../cli-error.ts'
import { count, port } from '../options.ts'
import { askCloud, callOperation, ServiceError } from '../running-cloud.ts'
import { paint, say } from '../terminal.ts'

type Options = { follow?: true; since: number; filter?: string; port: number }
type LogEvent = { eventId: string; timestamp: number; message: string }
type Page = { events?: LogEvent[]; nextToken?: string }

const pollMs = 500
/** Events of one time stamp may still arrive after the poll that saw the first: look back this far. */
const overlapMs = 5_000
/** How many printed events are remembered, so that none is printed twice. */
const seenMax = 100_000

export const describeLogs = (): Command =>
  new Command('logs')
    .description("Print a function's log.")
    .argument('<function>', 'name of the function, or of a log group')
    .option('-f, --follow', 'go on printing as lines arrive')
    .option('--since <minutes>', 'how far back to begin', count, 60)
    .option('--filter <pattern>', 'CloudWatch Logs filter pattern, for example ERROR')
    .option('-p, --port <port>', 'port of the AWS endpoint', port, 4566)
    .action(logs)

async function logs(name: string, options: Options): Promise<void> {
  const group = name.startsWith('/') ? name : `/aws/lambda/${name}`
  if (options.follow === true) process.on('SIGINT', () => process.exit(0))
  const seen = new Set<string>()
  let startTime = Date.now() - options.since * 60_000
  for (;;) {
    for await (const event of eventsSince(group, startTime, options)) {
      if (seen.has(event.eventId)) continue
      seen.add(event.eventId)
      startTime = Math.max(startTime, event.timestamp - overlapMs)
      say(`${paint.dim(new Date(event.timestamp).toISOString())} ${event.message.trimEnd()}`)
    }
    if (options.follow !== true) return
    if (seen.size > seenMax) seen.clear()
    await wait(pollMs)
  }
}

/** A log group's events, page after page; none for a function that has not logged yet. */
async function* eventsSince(
  group: string,
  startTime: number,
  options: Options,
): AsyncGenerator<LogEvent> {
  let nextToken: string | undefined
  do {
    const page = await filterLogEvents(options.port, {
      logGroupName: group,
      startTime,
      ...(options.filter === undefined ? {} : { filterPattern: options.filter }),
      ...(nextToken === undefined ? {} : { nextToken }),
    })
    yield* page.events ?? []
    nextToken = page.nextToken
  } while (nextToken !== undefined)
}

async function filterLogEvents(
  port: number,
  input: { readonly logGroupName: string; readonly startTime: number },
): Promise<Page> {
  try {
    // What the operation is documented to answer.
    return (await callOperation(port, 'logs', 'Logs_20140328.FilterLogEvents', input)) as Page
  } catch (error) {
    if (!(error instanceof ServiceError) || error.status !== 400) throw error
    if (!error.type.endsWith('ResourceNotFoundException')) throw error
    await requireFunction(port, input.logGroupName)
    return {}
  }
}

/** @throws CliError when the log group is not one that a function will make when it first runs */
async function requireFunction(port: number, group: string): Promise<void> {
  const name = /^\/aws\/lambda\/(.+)$/.exec(group)?.[1]
  if (name !== undefined) {
    const path = `/2015-03-31/functions/${encodeURIComponent(name)}`
    if ((await askCloud(port, { path, service: 'lambda' })).status === 200) return
  }
  throw new CliError(
    `There is no log group ${group}, and no function that would write to it ("cloudlet status" lists them).`,
  )
}
