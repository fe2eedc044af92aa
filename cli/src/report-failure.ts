import { CliError } from './cli-error.ts'
import { paint } from './terminal.ts'

/** Tells a person what went wrong, in words; returns the exit code. */
export function reportFailure(error: unknown): number {
  const message = error instanceof Error ? error.message : String(error)
  process.stderr.write(`${paint.red('error')} ${message}\n`)
  if (error instanceof CliError) return error.exitCode
  if (process.env['CLOUDLET_DEBUG'] !== undefined && error instanceof Error) {
    process.stderr.write(`${error.stack ?? ''}\n`)
  }
  return 1
}
