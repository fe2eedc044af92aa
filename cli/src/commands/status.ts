import { Command } from 'commander'
import { port } from '../options.ts'
import { askCloud, messageOf } from '../running-cloud.ts'
import { CliError } from '../cli-error.ts'
import { columns, paint, say } from '../terminal.ts'

/** What `GET /_cloudlet/status` answers. */
export type Status = {
  readonly version: string
  readonly endpoint: string
  readonly frontDoor?: string
  readonly services: Readonly<Record<string, string>>
  readonly stacks: readonly { name: string; status: string }[]
  readonly functions: readonly { name: string; runtime: string; memoryMb: number }[]
  readonly tables: readonly string[]
}

export const describeStatus = (): Command =>
  new Command('status')
    .description('Tell what the running cloud holds.')
    .option('-p, --port <port>', 'port of the AWS endpoint', port, 4566)
    .option('--json', 'as JSON')
    .action(async (options: { port: number; json?: true }) => {
      const answer = await askCloud(options.port, { path: '/_cloudlet/status' })
      if (answer.status !== 200) throw new CliError(messageOf(answer))
      if (options.json === true) say(answer.body)
      else show(JSON.parse(answer.body) as Status)
    })

function show(status: Status): void {
  say(`${paint.bold('Cloudlet')} ${status.version} at ${paint.cyan(status.endpoint)}`)
  section('Services', Object.entries(status.services))
  section(
    'Stacks',
    status.stacks.map((stack) => [stack.name, stack.status]),
  )
  section(
    'Functions',
    status.functions.map((each) => [each.name, each.runtime, `${each.memoryMb} MB`]),
  )
  section(
    'Tables',
    status.tables.map((table) => [table]),
  )
}

function section(title: string, rows: readonly (readonly string[])[]): void {
  say(`\n${paint.bold(title)}`)
  say(rows.length === 0 ? '  none' : columns(rows))
}
