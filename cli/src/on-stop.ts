import { say } from './terminal.ts'

/**
 * Runs `close` on Ctrl-C or SIGTERM and leaves with 0; a second Ctrl-C leaves at once.
 */
export function onStop(close: () => Promise<void>): void {
  let stopping = false
  const stop = (signal: NodeJS.Signals): void => {
    if (stopping) process.exit(130)
    stopping = true
    if (signal === 'SIGINT') say('\nStopping … (Ctrl-C again leaves at once)')
    close().then(
      () => process.exit(0),
      (error: unknown) => {
        process.stderr.write(`The stop was not clean: ${String(error)}\n`)
        process.exit(1)
      },
    )
  }
  process.on('SIGINT', stop)
  process.on('SIGTERM', stop)
}
