import { readFile } from 'node:fs/promises'
import { text } from 'node:stream/consumers'
import { Command } from 'commander'
import { CliError } from '../cli-error.ts'
import { port } from '../options.ts'
import { askCloud, messageOf } from '../running-cloud.ts'
import { paint } from '../terminal.ts'

type Options = { event?: string; port: number; logs?: true }

export const describeInvoke = (): Command =>
  new Command('invoke')
    .description('Invoke a function and print its answer.')
    .argument('<function>', 'name or ARN, as "cloudlet status" lists them')
    .option('-e, --event <file>', 'JSON file with the event, or - for standard input (default: {})')
    .option('-l, --logs', "print the invocation's log lines too (to standard error)")
    .option('-p, --port <port>', 'port of the AWS endpoint', port, 4566)
    .addHelpText('after', '\nExample:\n  echo \'{"a": 1}\' | cloudlet invoke my-function --event -')
    .action(invoke)

async function invoke(name: string, options: Options): Promise<void> {
  const answer = await askCloud(options.port, {
    method: 'POST',
    path: `/2015-03-31/functions/${encodeURIComponent(name)}/invocations`,
    service: 'lambda',
    headers: { 'content-type': 'application/json', 'x-amz-log-type': 'Tail' },
    body: await readEvent(options.event),
  })
  if (answer.status >= 300) throw new CliError(messageOf(answer))
  if (options.logs === true) {
    const tail = Buffer.from(String(answer.headers['x-amz-log-result'] ?? ''), 'base64').toString(
      'utf8',
    )
    process.stderr.write(paint.dim(tail))
  }
  process.stdout.write(`${answer.body}\n`)
  if (answer.headers['x-amz-function-error'] !== undefined) {
    throw new CliError('The function failed; what it threw is printed above.')
  }
}

async function readEvent(source: string | undefined): Promise<string> {
  if (source === undefined) return '{}'
  const event =
    source === '-' ? await text(process.stdin) : await readFile(source, 'utf8').catch(unreadable)
  try {
    JSON.parse(event)
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    throw new CliError(
      `The event in ${source === '-' ? 'standard input' : source} is not JSON: ${reason}`,
      2,
    )
  }
  return event
}

function unreadable(error: NodeJS.ErrnoException): never {
  throw new CliError(`The event could not be read: ${error.message}`, 2)
}
