import { setTimeout as wait } from 'node:timers/promises'
import { Command } from 'commander'
import { port } from '../options.ts'
import { callOperation } from '../running-cloud.ts'
import { paint, say } from '../terminal.ts'

type Options = { follow?: true; since: number; filter?: string; port: number }
type LogEvent = { eventId: string; timestamp: number; message: string }
type Page = { events?: LogEvent[]; nextToken?: string }

const pollMs = 500
/** Events of one time stamp may still arrive after the poll that saw the first: look back this far. */
const overlapMs = 5_000

export const describeLogs = (): Command =>
  new Command('logs')
    .description("Print a function's log.")
    .argument('<function>', 'name of the function, or of a log group')
    .option('-f, --follow', 'go on printing as lines arrive')
    .option('--since <minutes>', 'how far back to begin', Number, 60)
    .option('--filter <pattern>', 'CloudWatch Logs filter pattern, for example ERROR')
    .option('-p, --port <port>', 'port of the AWS endpoint', port, 4566)
    .action(logs)

async function logs(name: string, options: Options): Promise<void> {
  const group = name.startsWith('/') ? name : `/aws/lambda/${name}`
  const seen = new Set<string>()
  let startTime = Date.now() - options.since * 60_000
  for (;;) {
    let nextToken: string | undefined
    do {
      const page = (await callOperation(options.port, 'logs', 'Logs_20140328.FilterLogEvents', {
        logGroupName: group,
        startTime,
        ...(options.filter === undefined ? {} : { filterPattern: options.filter }),
        ...(nextToken === undefined ? {} : { nextToken }),
      })) as Page
      for (const event of page.events ?? []) {
        if (seen.has(event.eventId)) continue
        seen.add(event.eventId)
        startTime = Math.max(startTime, event.timestamp - overlapMs)
        say(`${paint.dim(new Date(event.timestamp).toISOString())} ${event.message.trimEnd()}`)
      }
      nextToken = page.nextToken
    } while (nextToken !== undefined)
    if (options.follow !== true) return
    if (seen.size > 100_000) seen.clear()
    await wait(pollMs)
  }
}
