import { format } from 'node:util'
import type { LogRingWriter } from './log-ring.ts'

/** The request that runs now, as the log shows it; `undefined` during initialisation, as on Lambda. */
export type LogPrefix = { requestId: string | undefined }

export type Output = {
  /** Appends a line to the environment's log stream. */
  readonly line: (text: string) => void
  /** Writes what stands in stdout and stderr without an end of line. */
  readonly flush: () => void
}

const CONSOLE_LEVELS = {
  log: 'INFO',
  info: 'INFO',
  debug: 'DEBUG',
  warn: 'WARN',
  error: 'ERROR',
  trace: 'TRACE',
} as const

/**
 * Sends console, stdout and stderr to the log, in the form of Lambda's Node runtimes:
 * `timestamp TAB request id TAB level TAB message` for console, bare lines for the streams.
 *
 * @param now the cloud's time, milliseconds since the epoch
 */
export function captureOutput(ring: LogRingWriter, prefix: LogPrefix, now: () => number): Output {
  const line = (text: string): void => ring.write(now(), text)
  for (const [method, level] of Object.entries(CONSOLE_LEVELS)) {
    Object.assign(console, {
      [method]: (...values: unknown[]) => {
        const time = new Date(now()).toISOString()
        line(`${time}\t${prefix.requestId}\t${level}\t${format(...values)}\n`)
      },
    })
  }
  const streams = [captureStream(process.stdout, line), captureStream(process.stderr, line)]
  return {
    line,
    flush: () => {
      for (const flush of streams) flush()
    },
  }
}

type WriteCallback = (error?: Error | null) => void

/** Replaces a stream's `write`; returns what writes its unfinished line. */
function captureStream(stream: NodeJS.WriteStream, line: (text: string) => void): () => void {
  let rest = ''
  function write(
    chunk: string | Uint8Array,
    encoding?: BufferEncoding | WriteCallback,
    callback?: WriteCallback,
  ): boolean {
    const done = typeof encoding === 'function' ? encoding : callback
    rest += typeof chunk === 'string' ? chunk : Buffer.from(chunk).toString('utf8')
    const end = rest.lastIndexOf('\n')
    if (end >= 0) {
      for (const each of rest.slice(0, end).split('\n')) line(`${each}\n`)
      rest = rest.slice(end + 1)
    }
    if (done !== undefined) process.nextTick(done)
    return true
  }
  Object.assign(stream, { write })
  return () => {
    if (rest !== '') line(rest)
    rest = ''
  }
}
