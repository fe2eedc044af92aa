import { isMainThread } from 'node:worker_threads'
import { threadInspector } from './thread-inspector.ts'

const MB = 1024 * 1024
/** How often the process's memory is looked at while invocations run. */
const LOOK_EVERY_MS = 20
/** The process must have grown by this much since the last look for threads to be asked. */
const GROWTH_BYTES = 16 * MB
/** A thread that does not answer while the process grows by this much beyond its limit is taken for the culprit … */
const SILENT_GROWTH_BYTES = 256 * MB
/** … when it has been silent for so long … */
const SILENT_MS = 1_000
/** … and has run for so long meanwhile: on a busy machine a thread is silent because it gets no processor. */
const SILENT_CPU_MS = 250
/** Beyond this much over its limit there is no point in collecting garbage first. */
const GARBAGE_BYTES_MAX = 512 * MB

const USED_BYTES = '((m) => m.heapUsed + m.external)(process.memoryUsage())'

/** One environment, as the watch sees it. */
export type Watched = {
  readonly threadId: number
  readonly limitBytes: number
  /** Whether it initialises or runs an invocation. */
  readonly isBusy: () => boolean
  /** Whether its thread is ending by itself: Node aborts when a thread is asked in its very last moment. */
  readonly isLeaving: () => boolean
  /** Processor time of its thread; undefined where the system does not tell. */
  readonly cpuMs: () => number | undefined
  readonly exceeded: () => void
}

type Thread = {
  readonly watched: Watched
  /** The open question: what the process took when the thread was first asked, and the time and its processor time then. */
  question:
    | { readonly bytes: number; readonly ms: number; readonly cpuMs: number | undefined }
    | undefined
  hasCollected: boolean
}

/**
 * Keeps environments within their memory from outside. V8's own limit cannot: a thread that reaches it in a large
 * allocation aborts the whole process, all other functions and the cloud included. So V8 gets room to spare, and
 * threads are asked through the inspector, which interrupts even an endless loop, for heap and buffers. Nothing
 * is asked while the process does not grow.
 */
export type MemoryWatch = {
  readonly add: (watched: Watched) => void
  readonly remove: (watched: Watched) => void
  /** An invocation begins: looks follow until all environments are idle. */
  readonly wake: () => void
  readonly close: () => void
}

/** Only the main thread's inspector reaches worker threads; elsewhere V8's own limit has to do. */
export const canWatchMemory = isMainThread

export function createMemoryWatch(): MemoryWatch {
  return canWatchMemory ? new InspectingWatch() : { add() {}, remove() {}, wake() {}, close() {} }
}

class InspectingWatch implements MemoryWatch {
  readonly #inspector = threadInspector()
  readonly #threads = new Map<number, Thread>()
  #timer: NodeJS.Timeout | undefined
  #calmBytes = Infinity

  add(watched: Watched): void {
    this.#threads.set(watched.threadId, { watched, question: undefined, hasCollected: false })
    this.wake()
  }
  remove(watched: Watched): void {
    this.#threads.delete(watched.threadId)
  }
  wake(): void {
    if (this.#timer !== undefined) return
    this.#calmBytes = Math.min(this.#calmBytes, process.memoryUsage.rss())
    this.#timer = setInterval(() => this.#look(), LOOK_EVERY_MS).unref()
  }
  close(): void {
    clearInterval(this.#timer)
    this.#timer = undefined
    for (const thread of this.#threads.values()) calm(thread)
  }

  #look(): void {
    const busy = [...this.#threads.values()].filter((each) => each.watched.isBusy())
    if (busy.length === 0) return this.close()
    const bytes = process.memoryUsage.rss()
    this.#calmBytes = Math.min(this.#calmBytes, bytes)
    for (const thread of busy) this.#judgeSilence(thread, bytes)
    if (bytes - this.#calmBytes < GROWTH_BYTES) return
    this.#calmBytes = bytes
    for (const thread of busy) if (thread.question === undefined) this.#ask(thread, bytes)
  }

  #judgeSilence({ watched, question }: Thread, bytes: number): void {
    if (question === undefined || performance.now() - question.ms < SILENT_MS) return
    if (bytes - question.bytes <= watched.limitBytes + SILENT_GROWTH_BYTES) return
    const cpuMs = watched.cpuMs()
    const hasRun = cpuMs === undefined || cpuMs - (question.cpuMs ?? 0) >= SILENT_CPU_MS
    if (hasRun) watched.exceeded()
  }

  #ask(thread: Thread, bytes: number): void {
    const { threadId, isLeaving, cpuMs } = thread.watched
    if (isLeaving()) return calm(thread)
    const question = { bytes, ms: performance.now(), cpuMs: cpuMs() }
    if (thread.hasCollected) this.#inspector.collectGarbage(threadId)
    const isAsked = this.#inspector.evaluate(threadId, USED_BYTES, (usedBytes) => {
      // What was asked before the watch came to rest is of no use any more.
      if (thread.question === question) this.#judge(thread, question.bytes, usedBytes)
    })
    if (isAsked) thread.question = question
  }

  #judge(thread: Thread, bytes: number, usedBytes: unknown): void {
    const { limitBytes, exceeded } = thread.watched
    if (typeof usedBytes !== 'number' || usedBytes <= limitBytes) calm(thread)
    else if (thread.hasCollected || usedBytes > limitBytes + GARBAGE_BYTES_MAX) exceeded()
    else {
      // Part of it may be garbage, which V8 is in no hurry to collect with room to spare.
      thread.hasCollected = true
      this.#ask(thread, bytes)
    }
  }
}

/** No question is open. */
function calm(thread: Thread): void {
  thread.question = undefined
  thread.hasCollected = false
}
