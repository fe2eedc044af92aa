import { Command, CommanderError } from 'commander'
import { describeBot } from './commands/bot.ts'
import { describeDynamodb } from './commands/dynamodb.ts'
import { describeInvoke } from './commands/invoke.ts'
import { describeLoad } from './commands/load.ts'
import { describeLogs } from './commands/logs.ts'
import { describeOutbox } from './commands/outbox.ts'
import { describeStatus } from './commands/status.ts'
import { describeToken } from './commands/token.ts'
import { describeUp } from './commands/up.ts'
import { reportFailure } from './report-failure.ts'

/** The one list of commands. Each describes its options; what it does is loaded when it runs. */
const commands = [
  describeUp,
  describeDynamodb,
  describeInvoke,
  describeLogs,
  describeLoad,
  describeToken,
  describeOutbox,
  describeBot,
  describeStatus,
]

/**
 * Runs the command line.
 *
 * Exit codes: 0 done, 1 the work failed, 2 the command was used wrongly.
 *
 * @param words the arguments after `cloudlet`
 */
export async function main(words: readonly string[]): Promise<void> {
  const program = new Command('cloudlet')
    .description('A serverless cloud on one machine: API Gateway, Lambda, DynamoDB, Cognito.')
    .version('0.1.0')
    .showHelpAfterError('(--help lists what there is)')
    .exitOverride()
    // A subcommand may have an option of its parent's name: what follows it is its own.
    .enablePositionalOptions()
    .configureHelp({ showGlobalOptions: true })
  // Who reads may stop reading (| head): the rest is not wanted then.
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error
    process.exit(0)
  })
  for (const describe of commands) program.addCommand(describe().exitOverride())
  // Whoever reads has enough, as `head` has after ten lines: no failure.
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') process.exit()
    throw error
  })
  try {
    await program.parseAsync([...words], { from: 'user' })
  } catch (error) {
    process.exitCode = report(error)
  }
}

/** Tells a person what went wrong, where commander has not yet; returns the exit code. */
function report(error: unknown): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2
  return reportFailure(error)
}
