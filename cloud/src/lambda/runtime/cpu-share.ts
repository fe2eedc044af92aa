import { openSync, readSync } from 'node:fs'

/** What a thread may use of a processor, and what its time costs. */
export type Scale = {
  /** Of one vCPU; 1 and more is no limit for a function, which runs in one thread. */
  readonly cpuShare: number
  readonly usdPerGbSecond: number
}

/** The period of Lambda's own limiter, the kernel's bandwidth control (AWS re:Invent 2023, SVS404). */
const PERIOD_MS = 20

/** Processor time of the calling thread, and the means to stand still: a thread's, or a test's. */
export type Machine = {
  readonly nowMs: () => number
  readonly cpuMs: () => number
  readonly sleep: (ms: number) => void
}

/**
 * Holds a thread to its share of a processor, as the kernel does with a container: in each period it may run for
 * `share × period`, and for what it used beyond that it stands still. Running JavaScript cannot be halted from
 * within, so a stretch is paid for when it ends: at the next message, at a timer's turn once a period, and at the
 * latest before the answer. The sum is right; where within an invocation the waiting lies is not.
 */
export class CpuShare {
  readonly #share: number
  readonly #machine: Machine
  #creditMs = 0
  #lastMs = 0
  #lastCpuMs = 0
  #timer: NodeJS.Timeout | undefined

  constructor(share: number, machine: Machine) {
    this.#share = share
    this.#machine = machine
  }

  /** An invocation begins, with a period's credit. */
  begin(): void {
    this.#creditMs = this.#share * PERIOD_MS
    this.#lastMs = this.#machine.nowMs()
    this.#lastCpuMs = this.#machine.cpuMs()
    this.#timer = setInterval(() => this.settle(), PERIOD_MS).unref()
  }

  /** Stands still for what has been used too much. */
  settle(): void {
    if (this.#timer === undefined) return
    const { nowMs, cpuMs, sleep } = this.#machine
    const elapsedMs = nowMs() - this.#lastMs
    const usedMs = cpuMs() - this.#lastCpuMs
    const creditMs = this.#creditMs + elapsedMs * this.#share - usedMs
    this.#creditMs = Math.min(this.#share * PERIOD_MS, creditMs)
    if (this.#creditMs < 0) {
      sleep(-this.#creditMs / this.#share)
      this.#creditMs = 0
    }
    this.#lastMs = nowMs()
    this.#lastCpuMs = cpuMs()
  }

  /** The invocation ends. */
  end(): void {
    this.settle()
    clearInterval(this.#timer)
    this.#timer = undefined
  }
}

/** The limiter of a scale; none where it would limit nothing. */
export function createCpuShare(scale: Scale | undefined): CpuShare | undefined {
  if (scale === undefined || scale.cpuShare >= 1) return undefined
  const standstill = new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT))
  return new CpuShare(scale.cpuShare, {
    nowMs: () => performance.now(),
    cpuMs: threadCpu(),
    sleep: (ms) => void Atomics.wait(standstill, 0, 0, ms),
  })
}

/**
 * Processor time of this very thread: the first field of Linux's schedstat, in nanoseconds. Where there is none, the
 * time in which the event loop was busy, which counts waiting for a processor as well.
 */
function threadCpu(): () => number {
  try {
    const file = openSync('/proc/thread-self/schedstat', 'r')
    const bytes = Buffer.alloc(96)
    return () =>
      Number.parseInt(bytes.toString('latin1', 0, readSync(file, bytes, 0, 96, 0)), 10) / 1e6
  } catch {
    return () => performance.eventLoopUtilization().active
  }
}
