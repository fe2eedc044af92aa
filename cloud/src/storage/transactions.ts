import {
  keyBytesMax,
  StorageError,
  type CommittedReader,
  type Entry,
  type Range,
  type Store,
  type Writer,
} from './store.ts'

/** What a store is built on: an ordered map whose changes become durable together. */
export type OrderedMap = CommittedReader &
  Writer & {
    /** Runs `changes` and makes them durable together; throws when they could not be stored. */
    readonly commit: (changes: () => void) => void
    readonly close: () => Promise<void>
  }

type Pending = {
  readonly run: (writer: Writer) => void
  readonly settle: (failure?: unknown) => void
}

/**
 * Transactions over an ordered map by group commit: all that was asked for in one turn of the event loop is
 * committed together (one commit costs as much as many writes), yet each transaction can fail alone: its
 * writes are undone from a log, the others' are kept.
 */
export function transactional(map: OrderedMap): Store {
  let queue: Pending[] = []
  let scheduled = false
  let closed = false

  function commitQueue(): void {
    scheduled = false
    const batch = queue
    queue = []
    try {
      map.commit(() => {
        for (const pending of batch) pending.run(map)
      })
    } catch (error) {
      for (const pending of batch) pending.settle(error)
      return
    }
    for (const pending of batch) pending.settle()
  }

  const reader: CommittedReader = {
    get: (key) => map.get(key),
    range: (range) => map.range(range),
    visit: (range, visit) => map.visit(range, visit),
  }

  return {
    reader,
    write<T>(work: (writer: Writer) => T): Promise<T> {
      if (closed) return Promise.reject(new StorageError('The store is closed.'))
      return new Promise<T>((resolve, reject) => {
        let outcome: { ok: true; value: T } | { ok: false; error: unknown } | undefined
        queue.push({
          run(writer) {
            const undo = new UndoLog(writer)
            try {
              outcome = { ok: true, value: work(undo) }
            } catch (error) {
              undo.rollBack()
              outcome = { ok: false, error }
            }
          },
          settle(failure) {
            if (failure !== undefined) reject(failure)
            else if (outcome?.ok === true) resolve(outcome.value)
            else reject(outcome?.error)
          },
        })
        if (!scheduled) {
          scheduled = true
          setImmediate(commitQueue)
        }
      })
    },
    async close() {
      if (closed) return
      closed = true
      if (queue.length > 0) commitQueue()
      await map.close()
    },
  }
}

/** Remembers what each write replaced, so that one transaction of a batch can be taken back. */
class UndoLog implements Writer {
  private readonly map: Writer
  private readonly log: { key: Buffer; before: Buffer | undefined }[] = []
  // A write nearly always follows a read of the same key: that read's answer saves one of our own.
  private lastKey: Buffer | undefined
  private lastValue: Buffer | undefined

  constructor(map: Writer) {
    this.map = map
  }

  get(key: Buffer): Buffer | undefined {
    this.lastKey = key
    this.lastValue = this.map.get(key)
    return this.lastValue
  }

  range(range: Range): Iterable<Entry> {
    return this.map.range(range)
  }

  put(key: Buffer, value: Buffer): void {
    if (key.length > keyBytesMax) {
      throw new StorageError(`A key of ${key.length} bytes is over the limit of ${keyBytesMax}.`)
    }
    this.remember(key)
    this.map.put(key, value)
  }

  remove(key: Buffer): void {
    this.remember(key)
    this.map.remove(key)
  }

  private remember(key: Buffer): void {
    const before = key === this.lastKey ? this.lastValue : this.map.get(key)
    this.lastKey = undefined
    this.log.push({ key, before })
  }

  rollBack(): void {
    for (const { key, before } of this.log.reverse()) {
      if (before === undefined) this.map.remove(key)
      else this.map.put(key, before)
    }
  }
}
