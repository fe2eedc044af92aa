import { createContext, type Completion } from './context.ts'
import type { CpuShare } from './cpu-share.ts'
import { errorForLog, errorPayload, RuntimeError } from './errors.ts'
import type { Callback, Handler } from './load-handler.ts'
import type { MemoryGauge } from './memory.ts'
import type { LogPrefix, Output } from './output.ts'
import { claim, OFFER_FIELDS, STARTED, type Message, type StartData } from './protocol.ts'
import { endLine, reportLine, startLine } from './report-line.ts'

export type InvocationsOptions = {
  readonly start: StartData
  readonly handler: Handler
  readonly control: Int32Array
  readonly output: Output
  readonly prefix: LogPrefix
  /** The cloud's time, milliseconds since the epoch. */
  readonly now: () => number
  readonly memory: MemoryGauge
  readonly cpuShare: CpuShare | undefined
  readonly initMs: number
  /** Keeps the event loop alive until the returned function is called. */
  readonly hold: () => () => void
  readonly send: (serial: number, payload: string, failed: boolean, durationMs: number) => void
}

type Offer = {
  readonly serial: number
  readonly requestId: string
  readonly traceId: string
  readonly clientContext: string
  readonly payload: string
}

type Running = { readonly offer: Offer; readonly startedMs: number; onEmptyLoop: () => void }
type Finish = (payload: string, failed?: boolean) => void

/** Runs invocations: one at a time, in the order they were offered. */
export class Invocations {
  readonly #options: InvocationsOptions
  readonly #offers: Offer[] = []
  #running: Running | undefined
  #initMs: number | undefined
  #idleHold: (() => void) | undefined
  #isAdvancing = false

  constructor(options: InvocationsOptions) {
    this.#options = options
    this.#initMs = options.initMs
    this.#idleHold = options.hold()
  }

  /** Takes an INVOKE message. */
  receive(message: Message): void {
    for (let at = 2; at < message.length; at += OFFER_FIELDS) {
      this.#offers.push({
        serial: Number(message[at]),
        requestId: String(message[at + 1]),
        traceId: String(message[at + 2]),
        clientContext: String(message[at + 3]),
        payload: String(message[at + 4]),
      })
    }
    this.#advance()
  }

  /** The event loop has run empty: what still waits for it ends now. */
  idle(): void {
    this.#running?.onEmptyLoop()
  }

  /** Ends the running invocation's log after an exception that nobody caught. */
  crash(errorType: string): void {
    if (this.#running === undefined) return
    const { offer, startedMs } = this.#running
    this.#endLog(offer, performance.now() - startedMs, errorType)
  }

  /** Runs what is offered as long as handlers finish at once; a loop, so that no stack grows. */
  #advance(): void {
    if (this.#isAdvancing) return
    this.#isAdvancing = true
    while (this.#running === undefined) {
      const offer = this.#offers.shift()
      if (offer === undefined) break
      if (claim(this.#options.control, offer.serial, STARTED)) this.#begin(offer)
    }
    this.#isAdvancing = false
  }

  #begin(offer: Offer): void {
    const { output, prefix } = this.#options
    const { requestId } = offer
    prefix.requestId = requestId
    output.line(startLine(requestId))
    process.env['_X_AMZN_TRACE_ID'] = offer.traceId
    const finish: Finish = (payload, failed = false) => {
      if (this.#running !== mine) return
      this.#running = undefined
      this.#complete(mine, payload, failed)
      this.#advance()
    }
    const mine: Running = {
      offer,
      startedMs: performance.now(),
      onEmptyLoop: () => finish('null'),
    }
    this.#running = mine
    this.#options.cpuShare?.begin()
    try {
      this.#run(mine, finish)
    } catch (error) {
      this.#fail(error, finish)
    }
    if (this.#running !== mine) return
    // From here on only what the function has started keeps the event loop alive, as on Lambda.
    this.#idleHold?.()
    this.#idleHold = undefined
  }

  #run(mine: Running, finish: Finish): void {
    const { start, handler } = this.#options
    const deadlineMs = Date.now() + start.timeoutMs
    const settle: Callback = (error, result) => {
      if (error !== undefined && error !== null) this.#fail(error, finish)
      else this.#succeed(result, finish)
    }
    let isCompleted = false
    const once =
      (action: Callback): Callback =>
      (error, result) => {
        if (isCompleted) return
        isCompleted = true
        action(error, result)
      }
    const completion: Completion = { waitForEmptyLoop: true, done: once(settle) }
    const callback = once((error, result) => {
      const isError = error !== undefined && error !== null
      if (isError || !completion.waitForEmptyLoop) settle(error, result)
      else mine.onEmptyLoop = () => this.#succeed(result, finish)
    })
    const { requestId, clientContext, payload } = mine.offer
    const context = createContext(start, requestId, deadlineMs, clientContext, completion)
    const result = handler(JSON.parse(payload), context, callback)
    if (!isThenable(result)) return
    result.then(
      (value) => completion.done(null, value),
      (error: unknown) => completion.done(error ?? 'handled'),
    )
  }

  #succeed(result: unknown, finish: Finish): void {
    let text: string
    try {
      text = JSON.stringify(result) ?? 'null'
    } catch {
      const error = new RuntimeError('Runtime.MarshalError', 'Unable to stringify response body')
      return this.#fail(error, finish)
    }
    const { responseBytesMax } = this.#options.start
    if (text.length * 3 > responseBytesMax && Buffer.byteLength(text) > responseBytesMax) {
      const errorMessage = `Response payload size exceeded maximum allowed payload size (${responseBytesMax} bytes).`
      const errorType = 'Function.ResponseSizeTooLarge'
      return finish(JSON.stringify({ errorType, errorMessage }), true)
    }
    finish(text)
  }

  #fail(error: unknown, finish: Finish): void {
    const { output, prefix, now } = this.#options
    const time = new Date(now()).toISOString()
    output.line(`${time}\t${prefix.requestId}\tERROR\tInvoke Error\t${errorForLog(error)}\n`)
    finish(errorPayload(error), true)
  }

  #complete({ offer, startedMs }: Running, payload: string, failed: boolean): void {
    this.#options.cpuShare?.end()
    const durationMs = performance.now() - startedMs
    this.#options.memory.look()
    this.#endLog(offer, durationMs)
    this.#idleHold ??= this.#options.hold()
    this.#options.send(offer.serial, payload, failed, durationMs)
  }

  #endLog({ requestId, traceId }: Offer, durationMs: number, status?: string): void {
    const { output, start, memory } = this.#options
    const initMs = this.#initMs
    this.#initMs = undefined
    output.flush()
    output.line(endLine(requestId))
    output.line(
      reportLine({
        requestId,
        durationMs,
        memoryMb: start.memoryMb,
        usedMb: memory.usedMbMax(),
        ...(initMs === undefined ? {} : { initMs }),
        ...(start.tracing ? { traceId } : {}),
        ...(status === undefined ? {} : { status }),
        ...(start.scale === undefined ? {} : { usdPerGbSecond: start.scale.usdPerGbSecond }),
      }),
    )
  }
}

function isThenable(value: unknown): value is PromiseLike<unknown> {
  return (
    typeof value === 'object' &&
    value !== null &&
    'then' in value &&
    typeof value.then === 'function'
  )
}
