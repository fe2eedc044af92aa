import { createContext, type Completion } from './context.ts'
import { errorForLog, errorPayload, RuntimeError } from './errors.ts'
import type { Callback, Handler } from './load-handler.ts'
import type { MemoryGauge } from './memory.ts'
import type { LogPrefix, Output } from './output.ts'
import { claim, OFFER_FIELDS, STARTED, type Message, type StartData } from './protocol.ts'
import { endLine, reportLine, startLine } from './report-line.ts'

/** What runs invocations: one at a time, in the order they were offered. */
export type Invocations = {
  /** Takes an INVOKE message. */
  readonly receive: (message: Message) => void
  /** Ends the running invocation's log after an exception that nobody caught; its request id, if one runs. */
  readonly crash: (errorType: string) => string | undefined
  /** The event loop has run empty. */
  readonly idle: () => void
}

export type InvocationsOptions = {
  readonly start: StartData
  readonly handler: Handler
  readonly control: Int32Array
  readonly output: Output
  readonly prefix: LogPrefix
  readonly memory: MemoryGauge
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

export function createInvocations(options: InvocationsOptions): Invocations {
  const { start, control, output, prefix, memory } = options
  const offers: Offer[] = []
  let running: Running | undefined
  let initMs: number | undefined = options.initMs
  let idleHold: (() => void) | undefined = options.hold()
  let advancing = false

  function receive(message: Message): void {
    for (let at = 2; at < message.length; at += OFFER_FIELDS) {
      const [serial, requestId, traceId, clientContext, payload] = message.slice(at)
      offers.push({
        serial: Number(serial),
        requestId: String(requestId),
        traceId: String(traceId),
        clientContext: String(clientContext),
        payload: String(payload),
      })
    }
    advance()
  }

  /** Runs what is offered as long as handlers finish at once; a loop, so that no stack grows. */
  function advance(): void {
    if (advancing) return
    advancing = true
    while (running === undefined) {
      const offer = offers.shift()
      if (offer === undefined) break
      if (claim(control, offer.serial, STARTED)) begin(offer)
    }
    advancing = false
  }

  function begin(offer: Offer): void {
    const { requestId } = offer
    prefix.requestId = requestId
    output.line(startLine(requestId))
    process.env['_X_AMZN_TRACE_ID'] = offer.traceId
    const mine: Running = { offer, startedMs: performance.now(), onEmptyLoop: () => finish('null') }
    running = mine

    function finish(payload: string, failed = false): void {
      if (running !== mine) return
      running = undefined
      complete(mine, payload, failed)
      advance()
    }
    try {
      run(mine, finish)
    } catch (error) {
      fail(error, finish)
    }
    if (running !== mine) return
    // From here on only what the function has started keeps the event loop alive, as on Lambda.
    idleHold?.()
    idleHold = undefined
  }

  function run(mine: Running, finish: (payload: string, failed?: boolean) => void): void {
    let completed = false
    const deadlineMs = Date.now() + start.timeoutMs
    function settle(error: unknown, result: unknown): void {
      if (error !== undefined && error !== null) fail(error, finish)
      else succeed(result, finish)
    }
    const once =
      (action: Callback): Callback =>
      (error, result) => {
        if (completed) return
        completed = true
        action(error, result)
      }
    const completion: Completion = { waitForEmptyLoop: true, done: once(settle) }
    const callback = once((error, result) => {
      const isError = error !== undefined && error !== null
      if (isError || !completion.waitForEmptyLoop) settle(error, result)
      else mine.onEmptyLoop = () => succeed(result, finish)
    })
    const { requestId, clientContext, payload } = mine.offer
    const context = createContext(start, requestId, deadlineMs, clientContext, completion)
    const result = options.handler(JSON.parse(payload), context, callback)
    if (isThenable(result)) {
      result.then(
        (value) => completion.done(null, value),
        (error: unknown) => completion.done(error ?? 'handled'),
      )
    }
  }

  function succeed(result: unknown, finish: (payload: string, failed?: boolean) => void): void {
    let text: string
    try {
      text = JSON.stringify(result) ?? 'null'
    } catch {
      const error = new RuntimeError('Runtime.MarshalError', 'Unable to stringify response body')
      return fail(error, finish)
    }
    const { responseBytesMax } = start
    if (text.length * 3 > responseBytesMax && Buffer.byteLength(text) > responseBytesMax) {
      const message = `Response payload size exceeded maximum allowed payload size (${responseBytesMax} bytes).`
      const errorType = 'Function.ResponseSizeTooLarge'
      return finish(JSON.stringify({ errorType, errorMessage: message }), true)
    }
    finish(text)
  }

  function fail(error: unknown, finish: (payload: string, failed?: boolean) => void): void {
    const time = new Date().toISOString()
    output.line(`${time}\t${prefix.requestId}\tERROR\tInvoke Error\t${errorForLog(error)}\n`)
    finish(errorPayload(error), true)
  }

  function complete({ offer, startedMs }: Running, payload: string, failed: boolean): void {
    const durationMs = performance.now() - startedMs
    memory.look()
    endLog(offer, durationMs)
    idleHold ??= options.hold()
    options.send(offer.serial, payload, failed, durationMs)
  }

  function endLog(offer: Offer, durationMs: number, status?: string): void {
    output.flush()
    output.line(endLine(offer.requestId))
    output.line(
      reportLine({
        requestId: offer.requestId,
        durationMs,
        memoryMb: start.memoryMb,
        usedMb: memory.usedMbMax(),
        ...(initMs === undefined ? {} : { initMs }),
        ...(start.tracing ? { traceId: offer.traceId } : {}),
        ...(status === undefined ? {} : { status }),
      }),
    )
    initMs = undefined
  }

  return {
    receive,
    idle: () => running?.onEmptyLoop(),
    crash(errorType) {
      if (running === undefined) return undefined
      const { offer, startedMs } = running
      endLog(offer, performance.now() - startedMs, errorType)
      return offer.requestId
    },
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
