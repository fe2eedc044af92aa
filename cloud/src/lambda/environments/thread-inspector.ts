import { Session } from 'node:inspector'

/**
 * Asks worker threads through the inspector, which interrupts even an endless loop.
 *
 * One session serves the whole process, and attaches before there are threads to attach to. Node lets JavaScript run
 * while a session attaches to the threads that there are; if one of them ends in that moment, the process ends with
 * a segmentation fault (WorkerManager::SetAutoAttach goes over a table that the ended thread is taken out of). A
 * thread that starts later is attached to alone.
 */
class ThreadInspector {
  readonly #inspector = new Session()
  readonly #sessions = new Map<number, string>()
  readonly #questions = new Map<string, Map<number, Answered>>()
  #lastQuestion = 0

  constructor() {
    this.#inspector.connect()
    this.#inspector.on('NodeWorker.attachedToWorker', ({ params }) => {
      // Only the title names the thread, `[worker 4] lambda x`: the worker's id counts from 1 in every session.
      const threadId = Number(/\d+/.exec(params.workerInfo.title)?.[0])
      this.#sessions.set(threadId, params.sessionId)
      this.#questions.set(params.sessionId, new Map())
    })
    this.#inspector.on('NodeWorker.detachedFromWorker', ({ params }) => {
      this.#questions.delete(params.sessionId)
      for (const [threadId, session] of this.#sessions) {
        if (session === params.sessionId) this.#sessions.delete(threadId)
      }
    })
    this.#inspector.on('NodeWorker.receivedMessageFromWorker', ({ params }) => {
      const { id, result } = JSON.parse(params.message) as Answer // the inspector's protocol
      const answered = this.#questions.get(params.sessionId)?.get(id)
      this.#questions.get(params.sessionId)?.delete(id)
      answered?.(result?.result?.value)
    })
    this.#inspector.post('NodeWorker.enable', { waitForDebuggerOnStart: false })
  }

  /** Has the thread collect its garbage before it answers what it is asked next. */
  collectGarbage(threadId: number): void {
    this.#post(threadId, 'HeapProfiler.collectGarbage', {})
  }

  /**
   * Evaluates an expression in the thread.
   *
   * @param answered gets the value, undefined if the expression failed; never called when the thread ends first
   * @returns false when the thread cannot be asked: it is only just starting, or gone
   */
  evaluate(threadId: number, expression: string, answered: Answered): boolean {
    return this.#post(threadId, 'Runtime.evaluate', { expression, returnByValue: true }, answered)
  }

  #post(threadId: number, method: string, params: object, answered?: Answered): boolean {
    const sessionId = this.#sessions.get(threadId)
    if (sessionId === undefined) return false
    const id = ++this.#lastQuestion
    if (answered !== undefined) this.#questions.get(sessionId)?.set(id, answered)
    const message = JSON.stringify({ id, method, params })
    this.#inspector.post('NodeWorker.sendMessageToWorker', { sessionId, message })
    return true
  }
}

let shared: ThreadInspector | undefined

/** The process's inspector. The first call attaches it, and belongs before the first thread. */
export function threadInspector(): ThreadInspector {
  shared ??= new ThreadInspector()
  return shared
}

type Answered = (value: unknown) => void

type Answer = {
  readonly id: number
  readonly result?: { readonly result?: { readonly value?: unknown } }
}
