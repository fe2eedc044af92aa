/**
 * What runs in an execution environment's thread: loads the function once, then runs invocations as they come.
 * esbuild makes one file of it (cloud/dist/lambda-runtime.mjs); it imports nothing but Node's own modules.
 */
import { readlinkSync } from 'node:fs'
import { syncBuiltinESMExports } from 'node:module'
import workerThreads, { type MessagePort } from 'node:worker_threads'
import { createCpuShare } from './cpu-share.ts'
import { errorForLog, errorPayload, UnhandledRejection } from './errors.ts'
import { Invocations } from './invocations.ts'
import { guardLongSteps } from './guards.ts'
import { loadHandler } from './load-handler.ts'
import { LogRingWriter } from './log-ring.ts'
import { createMemoryGauge } from './memory.ts'
import { captureOutput, type LogPrefix } from './output.ts'
import {
  ANSWER,
  CRASHED,
  INIT_FAILED,
  INVOKE,
  LEAVING,
  LOGGED,
  READY,
  RESULT,
  THREAD,
  type Message,
  type StartData,
} from './protocol.ts'
import { createCalls } from './transport/calls.ts'
import { installTransport } from './transport/install.ts'

const { port, start } = workerThreads.workerData as { port: MessagePort; start: StartData } // our own message
const beganMs = performance.now()

/** Clocks of the same machine differ by delivery only; a clock that was set by hand (tests) differs by more. */
const ALIKE_MS = 1_000
const EXIT_UNHANDLED_REJECTION = 128
const EXIT_UNCAUGHT_EXCEPTION = 129
const EXIT_OUT_OF_MEMORY = 137
/** 128 + SIGABRT. */
const EXIT_ABORTED = 134

const control = new Int32Array(start.control)
Atomics.store(control, THREAD, systemThreadId())
/** Linux has a link to the calling thread, `<process>/task/<thread>`. */
function systemThreadId(): number {
  try {
    return Number(readlinkSync('/proc/thread-self').replace(/^.*\//, ''))
  } catch {
    return 0
  }
}

let clockOffsetMs = 0
function followClock(clockMs: number): void {
  const offsetMs = clockMs - Date.now()
  clockOffsetMs = Math.abs(offsetMs) < ALIKE_MS ? 0 : offsetMs
}
followClock(start.clockMs)

let holds = 0
/** The port keeps the event loop alive only while something is held: an answer awaited, or no invocation running. */
function hold(): () => void {
  if (holds++ === 0) port.ref()
  let held = true
  return () => {
    if (!held) return
    held = false
    if (--holds === 0) port.unref()
  }
}

const ring = new LogRingWriter(start.logRing, () => port.postMessage([LOGGED]))
const prefix: LogPrefix = { requestId: undefined }
const now = (): number => Date.now() + clockOffsetMs
const output = captureOutput(ring, prefix, now)
const calls = createCalls(port, hold)
installTransport(calls, new Set(start.cloudHosts))
const outOfMemory = (): never => process.exit(EXIT_OUT_OF_MEMORY)
const memory = createMemoryGauge(start.memoryMb, outOfMemory)
guardLongSteps(start.memoryMb, outOfMemory)
const cpuShare = createCpuShare(start.scale)
let invocations: Invocations | undefined

function crash(error: unknown, exitCode: number): void {
  output.line(
    `${new Date(now()).toISOString()}\t${prefix.requestId}\tERROR\tUncaught Exception\t${errorForLog(error)}\n`,
  )
  invocations?.crash(error instanceof Error ? error.name : typeof error)
  port.postMessage([invocations === undefined ? INIT_FAILED : CRASHED, errorPayload(error)])
  process.exit(exitCode)
}
process.on('uncaughtException', (error) => crash(error, EXIT_UNCAUGHT_EXCEPTION))
process.on('unhandledRejection', (reason) =>
  crash(new UnhandledRejection(reason), EXIT_UNHANDLED_REJECTION),
)
process.on('beforeExit', () => invocations?.idle())
process.on('exit', () => Atomics.store(control, LEAVING, 1))

/** The function finds itself alone in a process, as on Lambda: no trace of the thread, nor of a way to end its host. */
function hideThread(): void {
  const kill = process.kill.bind(process)
  Object.assign(process, {
    kill(pid: number, signal?: string | number): true {
      if (pid === process.pid || pid === process.ppid || pid <= 0) {
        if (signal === 0) return true
        process.exit(EXIT_OUT_OF_MEMORY)
      }
      return kill(pid, signal)
    },
    abort: () => process.exit(EXIT_ABORTED),
  })
  Object.assign(workerThreads, {
    isMainThread: true,
    parentPort: null,
    workerData: null,
    threadId: 0,
  })
  syncBuiltinESMExports()
}

async function initialise(): Promise<void> {
  const release = hold()
  hideThread()
  output.line(`INIT_START Runtime Version: ${start.runtime} on Node.js ${process.version}\n`)
  try {
    const handler = await loadHandler(start.codeFolder, start.handler)
    const initMs = performance.now() - beganMs
    invocations = new Invocations({
      start,
      handler,
      control,
      output,
      prefix,
      now,
      memory,
      cpuShare,
      initMs,
      hold,
      send: (serial, payload, failed, durationMs) =>
        port.postMessage([RESULT, serial, payload, failed ? 1 : 0, durationMs]),
    })
    release()
    port.postMessage([READY, initMs])
  } catch (error) {
    crash(error, 1)
  }
}

port.on('message', (message: Message) => {
  if (message[0] === INVOKE) {
    followClock(Number(message[1]))
    invocations?.receive(message)
  } else if (message[0] === ANSWER) {
    cpuShare?.settle()
    calls.receive(message)
  }
})
void initialise()
