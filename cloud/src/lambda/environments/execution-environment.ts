import { MessageChannel, receiveMessageOnPort, Worker, type MessagePort } from 'node:worker_threads'
import type { Environment, HttpHandler } from '../../kernel/index.ts'
import type { FunctionDefinition } from '../functions/definition.ts'
import { initMsMax, responseBytesMax } from '../limits.ts'
import type { LogSink } from '../ports.ts'
import { createLogRing, LogRingReader } from '../runtime/log-ring.ts'
import {
  CALL,
  claim,
  CONTROL_WORDS,
  CRASHED,
  INIT_FAILED,
  INVOKE,
  LEAVING,
  LOGGED,
  offer,
  READY,
  RECALLED,
  RESULT,
  SERIALS,
  SLOTS,
  THREAD,
  type Message,
  type StartData,
} from '../runtime/protocol.ts'
import { endLine, reportLine } from '../runtime/report-line.ts'
import { CloudCalls } from './cloud-calls.ts'
import { EnvironmentLog } from './environment-log.ts'
import { canWatchMemory, type MemoryWatch, type Watched } from './memory-watch.ts'
import { failure, type Invocation, type Outcome } from './invocation.ts'
import { runtimeFile } from './runtime-file.ts'
import { scaleOf } from './scale.ts'
import { threadCpuMs } from './thread-cpu.ts'
import { environmentVariables } from './variables.ts'
import { createWaitingGauge } from './waiting-gauge.ts'

const LOG_RING_BYTES = 256 * 1024
const YOUNG_GENERATION_MB = 12
const STACK_MB = 4
const MB = 1024 * 1024
/** V8 may use this much more than the function: the memory watch steps in long before V8 aborts the process. */
const SPARE_HEAP_MB = canWatchMemory ? 2048 : 0
/** How long closing waits for a thread that is inside one long step of V8, which nothing interrupts. */
const GONE_MS_MAX = 2_000
/**
 * How long closing lets a thread load its function. Node aborts the whole process when a thread is terminated in
 * the midst of loading a module (`ToLocalChecked`, `try_catch.HasCaught()`); loading takes tens of milliseconds.
 */
const LOAD_MS_MAX = 1_000
/** 128 + SIGKILL: what the runtime exits with when its buffers outgrow the function's memory. */
const EXIT_KILLED = 137

const explained =
  (errorType: string, sentence: string): OutcomeOf =>
  (requestId) =>
    failure(errorType, `RequestId: ${requestId} Error: ${sentence}`)

const OUT_OF_MEMORY = explained('Runtime.OutOfMemory', 'Runtime exited with error: signal: killed')

const exited = (code: number): OutcomeOf =>
  explained(
    'Runtime.ExitError',
    code === 0
      ? 'Runtime exited without providing a reason'
      : `Runtime exited with error: exit status ${code}`,
  )

/** What an environment needs of its surroundings. */
export type EnvironmentOptions = {
  readonly environment: Environment
  readonly definition: FunctionDefinition
  readonly logs: LogSink
  readonly logDelayMs: number
  readonly cloud: { readonly endpoint: () => string; readonly handle: HttpHandler }
  readonly cloudHosts: readonly string[]
  /** Functions get the processor share of their memory size. */
  readonly cpuScale: boolean
  readonly memoryWatch: MemoryWatch
  readonly listener: EnvironmentListener
}

/** What the pool is told. */
export type EnvironmentListener = {
  readonly ready: (environment: ExecutionEnvironment) => void
  /** Initialisation failed: what waits for this environment gets this outcome. */
  readonly initFailed: (environment: ExecutionEnvironment, outcome: OutcomeOf) => void
  /** One invocation has ended; `durationMs` is the function's own time. */
  readonly finished: (environment: ExecutionEnvironment, durationMs: number) => void
  /** The thread is gone, or as good as gone; these invocations had not been started. */
  readonly ended: (environment: ExecutionEnvironment, unstarted: readonly Invocation[]) => void
}

/** What a request is answered with; the request's id may stand in the text. */
export type OutcomeOf = (requestId: string) => Outcome

type Assigned = { readonly invocation: Invocation; readonly serial: number }

/**
 * One execution environment: a worker thread that has loaded the function once and runs one invocation at a time.
 * It may be handed the next ones ahead; they can be taken back as long as the thread has not started them.
 */
export class ExecutionEnvironment {
  state: 'starting' | 'ready' | 'ended' = 'starting'
  /** When it last became idle, by the clock. */
  idleSinceMs: number
  /** When the invocation at the head of the line began, as far as this side knows. */
  headSinceMs = 0
  /** Whether its thread waits for something else than a processor. */
  readonly isWaiting: () => boolean
  readonly #options: EnvironmentOptions
  readonly #worker: Worker
  readonly #port: MessagePort
  readonly #control = new Int32Array(
    new SharedArrayBuffer(CONTROL_WORDS * Int32Array.BYTES_PER_ELEMENT),
  )
  readonly #log: EnvironmentLog
  /** Its function is loaded, or never will be. */
  readonly #loaded: Promise<void>
  #endLoading = (): void => {}
  readonly #exited: Promise<void>
  readonly #calls: CloudCalls
  readonly #watched: Watched
  #assigned: Assigned[] = []
  #outgoing: Message | undefined
  #serial = 0
  #cancelDeadline: (() => void) | undefined
  #cause: OutcomeOf | undefined
  #initMs: number | undefined

  constructor(options: EnvironmentOptions) {
    this.#options = options
    const { environment, definition } = options
    const ring = createLogRing(LOG_RING_BYTES)
    this.#log = new EnvironmentLog({
      environment,
      sink: options.logs,
      logGroup: definition.logGroup,
      reader: new LogRingReader(ring),
      delayMs: options.logDelayMs,
    })
    this.idleSinceMs = environment.clock.now()
    const { port1, port2 } = new MessageChannel()
    this.#port = port1
    this.#calls = new CloudCalls(options.cloud.handle, (answer) => {
      if (this.state !== 'ended') port1.postMessage(answer)
    })
    this.#worker = new Worker(runtimeFile(), {
      name: `lambda ${definition.name}`,
      env: environmentVariables(
        environment,
        definition,
        options.cloud.endpoint(),
        this.#log.streamName,
      ),
      workerData: { port: port2, start: this.#startData(ring) },
      transferList: [port2],
      execArgv: [],
      argv: [],
      stdout: true,
      stderr: true,
      resourceLimits: {
        maxOldGenerationSizeMb: definition.memoryMb + SPARE_HEAP_MB,
        maxYoungGenerationSizeMb: YOUNG_GENERATION_MB,
        stackSizeMb: STACK_MB,
      },
    })
    // What a function writes is in the log ring; what still comes this way must not pile up.
    this.#worker.stdout.resume()
    this.#worker.stderr.resume()
    port1.on('message', (message: Message) => this.#receive(message))
    this.#worker.on('error', (error) => this.#explain(error))
    this.#loaded = new Promise((resolve) => {
      this.#endLoading = resolve
    })
    this.#exited = new Promise((resolve) => {
      this.#worker.once('exit', (code) => {
        this.#exit(code)
        resolve()
      })
    })
    this.isWaiting = createWaitingGauge(this.#worker)
    this.#watched = {
      threadId: this.#worker.threadId,
      limitBytes: definition.memoryMb * MB,
      isBusy: () => this.state === 'starting' || this.#assigned.length > 0,
      isLeaving: () => Atomics.load(this.#control, LEAVING) === 1,
      cpuMs: () => threadCpuMs(Atomics.load(this.#control, THREAD)),
      exceeded: () => this.#endUnexpectedly(EXIT_KILLED),
    }
    options.memoryWatch.add(this.#watched)
    this.#log.wake()
    this.#cancelDeadline = environment.clock.after(initMsMax, () => this.#expireInit())
  }

  /** Invocations handed over and not answered. */
  get load(): number {
    return this.#assigned.length
  }

  /** Since when the oldest invocation that was handed over ahead has been waiting. */
  get waitingSinceMs(): number | undefined {
    return this.#assigned[1]?.invocation.queuedMs
  }

  /** Hands an invocation over. Several in a row travel in one message. */
  offer(invocation: Invocation): void {
    const serial = this.#nextSerial()
    const nowMs = this.#options.environment.clock.now()
    offer(this.#control, serial)
    if (this.#assigned.length === 0) this.headSinceMs = nowMs
    this.#assigned.push({ invocation, serial })
    if (invocation.wantsTail) this.#log.keepTail()
    const { requestId, traceId, clientContext, payload } = invocation
    if (this.#outgoing === undefined) {
      this.#outgoing = [INVOKE, nowMs]
      // A busy environment has time: what comes in the same turn of the event loop goes in one message.
      if (this.#assigned.length === 1) queueMicrotask(() => this.#flush())
      else setImmediate(() => this.#flush())
    }
    this.#outgoing.push(serial, requestId, traceId, clientContext, payload)
    this.#watch()
  }

  /** Takes back what was handed over ahead and has not been started, in its order. */
  recall(): Invocation[] {
    const kept: Assigned[] = []
    const taken: Invocation[] = []
    for (const [index, each] of this.#assigned.entries()) {
      if (index > 0 && claim(this.#control, each.serial, RECALLED)) taken.push(each.invocation)
      else kept.push(each)
    }
    this.#assigned = kept
    return taken
  }

  /** Ends the thread, whatever it does, once it has loaded its function. Resolves when it is gone and its log is written. */
  async close(): Promise<void> {
    if (this.state === 'starting') await within(LOAD_MS_MAX, this.#loaded)
    this.#end()
    await within(GONE_MS_MAX, this.#exited)
  }

  /** Answers all that was handed over with an error, for a cloud that stops. */
  abandon(error: Error): void {
    for (const { invocation } of this.#assigned.splice(0)) invocation.reject(error)
  }

  #startData(ring: SharedArrayBuffer): StartData {
    const { definition, environment, cloudHosts } = this.#options
    return {
      functionName: definition.name,
      functionArn: definition.arn,
      runtime: definition.runtime,
      handler: definition.handler,
      codeFolder: definition.codeFolder,
      memoryMb: definition.memoryMb,
      timeoutMs: definition.timeoutMs,
      logGroup: definition.logGroup,
      logStream: this.#log.streamName,
      tracing: definition.tracing === 'Active',
      responseBytesMax,
      clockMs: environment.clock.now(),
      cloudHosts,
      ...(this.#options.cpuScale ? { scale: scaleOf(definition) } : {}),
      control: this.#control.buffer,
      logRing: ring,
    }
  }

  /** A number whose control word is free: no request that was handed over still has its claim there. */
  #nextSerial(): number {
    do this.#serial = (this.#serial + 1) % SERIALS
    while (this.#assigned.some((each) => each.serial % SLOTS === this.#serial % SLOTS))
    return this.#serial
  }

  #flush(): void {
    const message = this.#outgoing
    this.#outgoing = undefined
    if (message === undefined || this.state === 'ended') return
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a MessagePort has no origin
    this.#port.postMessage(message)
    this.#options.memoryWatch.wake()
    this.#log.wake()
  }

  #receive(message: Message): void {
    const [kind] = message
    if (kind === RESULT) this.#finish(message)
    else if (kind === CALL) this.#calls.receive(message)
    else if (kind === LOGGED) this.#log.drain()
    else if (kind === READY) this.#ready(Number(message[1]))
    else if (kind === CRASHED || kind === INIT_FAILED) {
      this.#cause = () => ({ payload: String(message[1]), failed: true })
      if (kind === CRASHED) this.#failHead(this.#cause)
      this.#end()
    }
  }

  #ready(initMs: number): void {
    if (this.state !== 'starting') return
    this.state = 'ready'
    this.#endLoading()
    this.#initMs = initMs
    this.#cancelDeadline?.()
    this.#cancelDeadline = undefined
    this.idleSinceMs = this.#options.environment.clock.now()
    this.#options.listener.ready(this)
  }

  #finish(message: Message): void {
    const [, serial, payload, failed, durationMs] = message
    if (this.#assigned[0]?.serial !== serial) return
    const head = this.#assigned.shift()
    if (head === undefined) return
    this.#initMs = undefined
    this.headSinceMs = this.#options.environment.clock.now()
    if (this.#assigned.length === 0) this.idleSinceMs = this.headSinceMs
    this.#answer(head.invocation, { payload: String(payload), failed: failed === 1 })
    this.#options.listener.finished(this, Number(durationMs))
  }

  #answer(invocation: Invocation, outcome: Outcome): void {
    if (!invocation.wantsTail) return invocation.settle(outcome)
    invocation.settle({ ...outcome, logTail: this.#log.takeTail(invocation.requestId) })
  }

  /** One timer an environment, not one an invocation: it looks when the head's time would be over. */
  #watch(): void {
    if (this.#cancelDeadline !== undefined || this.state !== 'ready') return
    const { environment, definition } = this.#options
    const endMs = this.headSinceMs + definition.timeoutMs
    this.#cancelDeadline = environment.clock.after(endMs - environment.clock.now(), () => {
      this.#cancelDeadline = undefined
      if (this.#assigned.length === 0) return
      if (environment.clock.now() - this.headSinceMs < definition.timeoutMs) return this.#watch()
      this.#expire()
    })
  }

  #expire(): void {
    const { definition, environment } = this.#options
    const head = this.#assigned[0]
    // A head that was not even started is held up by what an earlier invocation left behind: it goes elsewhere.
    if (head === undefined || claim(this.#control, head.serial, RECALLED)) return this.#end()
    const { requestId } = head.invocation
    const sentence = `Task timed out after ${(definition.timeoutMs / 1000).toFixed(2)} seconds`
    const time = new Date(environment.clock.now()).toISOString()
    this.#log.append(`${time} ${requestId} ${sentence}\n\n`)
    this.#reportEnd(head.invocation, definition.timeoutMs, 'timeout')
    this.#failHead(explained('Sandbox.Timedout', sentence))
    this.#end()
  }

  #expireInit(): void {
    this.#log.append(
      `INIT_REPORT Init Duration: ${initMsMax}.00 ms\tPhase: init\tStatus: timeout\n`,
    )
    const sentence = `Initialization timed out after ${(initMsMax / 1000).toFixed(2)} seconds`
    this.#cause = explained('Sandbox.Timedout', sentence)
    this.#end()
  }

  #failHead(outcome: OutcomeOf): void {
    const head = this.#assigned.shift()
    if (head !== undefined) this.#answer(head.invocation, outcome(head.invocation.requestId))
  }

  #reportEnd({ requestId, traceId }: Invocation, durationMs: number, status: string): void {
    const { memoryMb, tracing } = this.#options.definition
    this.#log.append(endLine(requestId))
    const initMs = this.#initMs === undefined ? {} : { initMs: this.#initMs }
    const trace = tracing === 'Active' ? { traceId } : {}
    this.#log.append(
      reportLine({
        requestId,
        durationMs,
        memoryMb,
        usedMb: memoryMb,
        status,
        ...initMs,
        ...trace,
      }),
    )
  }

  /** The thread ended with an error that its own code could not report. */
  #explain(error: unknown): void {
    const code: unknown = error instanceof Error && 'code' in error ? error.code : undefined
    const message = error instanceof Error ? error.message : String(error)
    this.#cause ??=
      code === 'ERR_WORKER_OUT_OF_MEMORY'
        ? OUT_OF_MEMORY
        : explained('Runtime.ExitError', `Runtime exited with error: ${message}`)
  }

  #exit(code: number): void {
    // Messages and the exit travel separately: what the thread had still sent is taken first.
    for (;;) {
      const received = receiveMessageOnPort(this.#port)
      if (received === undefined) break
      this.#receive(received.message as Message) // our own protocol
    }
    this.#endUnexpectedly(code)
    this.#port.close()
    this.#log.drain()
  }

  #endUnexpectedly(code: number): void {
    if (this.state === 'ended') return
    this.#cause ??= code === EXIT_KILLED ? OUT_OF_MEMORY : exited(code)
    const head = this.#assigned[0]
    if (head !== undefined && !claim(this.#control, head.serial, RECALLED)) {
      const durationMs = this.#options.environment.clock.now() - this.headSinceMs
      const { errorType, errorMessage } = JSON.parse(
        this.#cause(head.invocation.requestId).payload,
      ) as Record<string, string> // written by `explained`
      this.#log.append(`${errorMessage}\n${errorType}\n`)
      this.#reportEnd(head.invocation, durationMs, String(errorType))
      this.#failHead(this.#cause)
    }
    this.#end()
  }

  #end(): void {
    if (this.state === 'ended') return
    this.#options.memoryWatch.remove(this.#watched)
    const wasStarting = this.state === 'starting'
    this.state = 'ended'
    this.#endLoading()
    this.#cancelDeadline?.()
    this.#log.drain()
    void this.#worker.terminate()
    const unstarted = this.#assigned.splice(0).map((each) => each.invocation)
    const { listener } = this.#options
    listener.ended(this, unstarted)
    if (wasStarting && this.#cause !== undefined) listener.initFailed(this, this.#cause)
  }
}

/** Waits for a promise, but no longer than this. */
async function within(ms: number, promise: Promise<void>): Promise<void> {
  let timer: NodeJS.Timeout | undefined
  const patience = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, ms)
  })
  await Promise.race([promise, patience])
  clearTimeout(timer)
}
