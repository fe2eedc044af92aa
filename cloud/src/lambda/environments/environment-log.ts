import type { Environment } from '../../kernel/index.ts'
import { logTailBytesMax } from '../limits.ts'
import type { LogSink } from '../ports.ts'
import type { LogEvent, LogRingReader } from '../runtime/log-ring.ts'

export type EnvironmentLogOptions = {
  readonly environment: Environment
  readonly sink: LogSink
  readonly logGroup: string
  readonly reader: LogRingReader
  readonly delayMs: number
}

/** Carries what one environment logs from its ring to the sink, many lines at a time. */
export class EnvironmentLog {
  /** `YYYY/MM/DD/[$LATEST]<32 hex digits>`. */
  readonly streamName: string
  readonly #options: EnvironmentLogOptions
  #awake = false
  #tail: LogEvent[] = []
  #tailsWanted = 0

  constructor(options: EnvironmentLogOptions) {
    this.#options = options
    const { clock, ids } = options.environment
    const day = new Date(clock.now()).toISOString().slice(0, 10).replaceAll('-', '/')
    this.streamName = `${day}/[$LATEST]${ids.bytes(16).toString('hex')}`
  }

  /** Something is about to be logged: it is carried on after a while. */
  wake(): void {
    if (this.#awake) return
    this.#awake = true
    this.#options.environment.clock.after(this.#options.delayMs, () => {
      this.#awake = false
      this.drain()
    })
  }

  /** Carries on all that has been logged. */
  drain(): void {
    const events: LogEvent[] = this.#options.reader.drain()
    const lost = this.#options.reader.takeLost()
    if (lost > 0) events.push(this.#event(`${lost} lines of output were lost\n`))
    this.#write(events)
  }

  /** Adds a line of the platform's own, after all that the function has logged. */
  append(message: string): void {
    this.drain()
    this.#write([this.#event(message)])
  }

  /** From now on lines are kept for {@link takeTail}. */
  keepTail(): void {
    this.#tailsWanted++
  }

  /** The last 4 KB of what a request logged, in base64. */
  takeTail(requestId: string): string {
    this.drain()
    const lines = this.#tail.map((event) => event.message)
    const start = lines.findIndex((line) => line.startsWith(`START RequestId: ${requestId}`))
    const end = lines.findIndex((line) => line.startsWith(`REPORT RequestId: ${requestId}`))
    if (--this.#tailsWanted === 0) this.#tail = []
    const bytes = Buffer.from(lines.slice(Math.max(0, start), end + 1).join(''))
    return bytes.subarray(Math.max(0, bytes.length - logTailBytesMax)).toString('base64')
  }

  #event(message: string): LogEvent {
    return { timestamp: this.#options.environment.clock.now(), message }
  }

  #write(events: LogEvent[]): void {
    if (events.length === 0) return
    if (this.#tailsWanted > 0) this.#tail.push(...events)
    this.#options.sink.write(this.#options.logGroup, this.streamName, events)
  }
}
