import { Session } from 'node:inspector'
import { isMainThread } from 'node:worker_threads'

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

/** One environment, as the watch sees it. */
export type Watched = {
  readonly threadId: number
  readonly limitBytes: number
  /** Whether it initialises or runs an invocation. */
  readonly isBusy: () => boolean
  /** Processor time of its thread; undefined where the system does not tell. */
  readonly cpuMs: () => number | undefined
  readonly exceeded: () => void
}

type Thread = {
  readonly watched: Watched
  session: string | undefined
  /** What the process took when this thread was asked; undefined when no question is open. */
  askedAtBytes: number | undefined
  /** When the question went to it, and its processor time then. */
  sentAt: { readonly ms: number; readonly cpuMs: number | undefined } | undefined
  hasCollected: boolean
}

/**
 * Keeps environments within their memory from outside. V8's own limit cannot: a thread that reaches it in a large
 * allocation aborts the whole process, all other functions and the cloud included. So V8 gets room to spare, and
 * threads are asked through the inspector, which interrupts even an endless loop, for heap and buffers. Nothing
 * is asked, and no inspector attached, while the process does not grow.
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
  readonly #threads = new Map<number, Thread>()
  readonly #asked = new Map<number, Thread>()
  #timer: NodeJS.Timeout | undefined
  #inspector: Session | undefined
  #calmBytes = Infinity
  #questions = 0

  add(watched: Watched): void {
    this.#threads.set(watched.threadId, {
      watched,
      session: undefined,
      askedAtBytes: undefined,
      sentAt: undefined,
      hasCollected: false,
    })
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
    this.#inspector?.disconnect()
    this.#inspector = undefined
    this.#asked.clear()
    for (const thread of this.#threads.values()) this.#reset(thread)
  }

  #look(): void {
    const busy = [...this.#threads.values()].filter((each) => each.watched.isBusy())
    if (busy.length === 0) return this.close()
    const bytes = process.memoryUsage.rss()
    this.#calmBytes = Math.min(this.#calmBytes, bytes)
    for (const thread of busy) this.#judgeSilence(thread, bytes)
    if (bytes - this.#calmBytes < GROWTH_BYTES) return
    this.#calmBytes = bytes
    this.#attach()
    for (const thread of busy) this.#ask(thread, bytes)
  }

  #judgeSilence({ watched, askedAtBytes, sentAt }: Thread, bytes: number): void {
    if (askedAtBytes === undefined || sentAt === undefined) return
    if (performance.now() - sentAt.ms < SILENT_MS) return
    if (bytes - askedAtBytes <= watched.limitBytes + SILENT_GROWTH_BYTES) return
    const cpuMs = watched.cpuMs()
    const hasRun = cpuMs === undefined || cpuMs - (sentAt.cpuMs ?? 0) >= SILENT_CPU_MS
    if (hasRun) watched.exceeded()
  }

  #attach(): void {
    if (this.#inspector !== undefined) return
    const inspector = new Session()
    this.#inspector = inspector
    inspector.connect()
    inspector.on('NodeWorker.attachedToWorker', ({ params }) => {
      // Only the title names the thread, `[worker 4] lambda x`: the worker's id counts from 1 in every session.
      const thread = this.#threads.get(Number(/\d+/.exec(params.workerInfo.title)?.[0]))
      if (thread === undefined) return
      thread.session = params.sessionId
      if (thread.askedAtBytes !== undefined) this.#send(thread)
    })
    inspector.on('NodeWorker.receivedMessageFromWorker', ({ params }) =>
      this.#receive(params.message),
    )
    inspector.post('NodeWorker.enable', { waitForDebuggerOnStart: false })
  }

  #ask(thread: Thread, bytes: number): void {
    if (thread.askedAtBytes !== undefined) return
    thread.askedAtBytes = bytes
    if (thread.session !== undefined) this.#send(thread)
  }

  #send(thread: Thread, collect = false): void {
    if (thread.session === undefined) return
    if (collect) this.#post(thread.session, 'HeapProfiler.collectGarbage', {})
    thread.sentAt = { ms: performance.now(), cpuMs: thread.watched.cpuMs() }
    const expression = '((m) => m.heapUsed + m.external)(process.memoryUsage())'
    const id = this.#post(thread.session, 'Runtime.evaluate', { expression, returnByValue: true })
    this.#asked.set(id, thread)
  }

  #post(sessionId: string, method: string, params: object): number {
    const id = ++this.#questions
    const message = JSON.stringify({ id, method, params })
    this.#inspector?.post('NodeWorker.sendMessageToWorker', { sessionId, message })
    return id
  }

  #receive(text: string): void {
    const { id, result } = JSON.parse(text) as InspectorAnswer // the inspector's protocol
    const thread = id === undefined ? undefined : this.#asked.get(id)
    if (id === undefined || thread === undefined) return
    this.#asked.delete(id)
    const usedBytes = result?.result?.value
    const { limitBytes, exceeded } = thread.watched
    if (typeof usedBytes !== 'number' || usedBytes <= limitBytes) {
      thread.askedAtBytes = undefined
      thread.sentAt = undefined
      thread.hasCollected = false
    } else if (thread.hasCollected || usedBytes > limitBytes + GARBAGE_BYTES_MAX) exceeded()
    else {
      // Part of it may be garbage, which V8 is in no hurry to collect with room to spare.
      thread.hasCollected = true
      this.#send(thread, true)
    }
  }

  #reset(thread: Thread): void {
    thread.session = undefined
    thread.askedAtBytes = undefined
    thread.sentAt = undefined
    thread.hasCollected = false
  }
}

type InspectorAnswer = {
  readonly id?: number
  readonly result?: { readonly result?: { readonly value?: unknown } }
}
