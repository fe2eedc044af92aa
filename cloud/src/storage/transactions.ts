import { CommitQueue } from './commit-queue.ts'
import {
  keyBytesMax,
  StorageError,
  type CommittedReader,
  type Look,
  type Store,
  type Writer,
} from './store.ts'

/** What a store is built on: an ordered map whose changes become durable together. */
export type OrderedMap = Omit<CommittedReader & Writer, 'get'> & {
  /** Begins a transaction: `rollBack` takes back all that is changed after it. */
  readonly begin: () => void
  readonly rollBack: () => void
  /** Whether what was changed should be committed before more is. */
  readonly isFull: boolean
  /** Undefined when there is room for a commit. @throws StorageError when there is none and none can be made */
  readonly makeRoom: () => Promise<void> | undefined
  /** Runs `changes` and makes them durable together; throws when they could not be stored. */
  readonly commit: (changes: () => void) => void
  readonly close: () => Promise<void>
}

/**
 * Transactions over an ordered map by group commit: all that was asked for in one turn of the event loop is
 * committed together (one commit costs as much as many writes), yet each transaction can fail alone: its
 * writes are taken back, the others' are kept.
 */
export function transactional(map: OrderedMap): Store {
  const queue = new CommitQueue(map)
  let closed = false

  const reader: CommittedReader = {
    get: (key) => map.peek(key, copied),
    peek: (key, look) => map.peek(key, look),
    range: (range) => map.range(range),
    visit: (range, visit) => map.visit(range, visit),
  }

  const writer: Writer = {
    get: reader.get,
    peek: reader.peek,
    range: reader.range,
    put(key, value) {
      if (key.length > keyBytesMax) {
        throw new StorageError(`A key of ${key.length} bytes is over the limit of ${keyBytesMax}.`)
      }
      map.put(key, value)
    },
    remove: (key) => map.remove(key),
  }

  return {
    reader,
    write<T>(work: (writer: Writer) => T): Promise<T> {
      if (closed) return Promise.reject(new StorageError('The store is closed.'))
      return new Promise<T>((resolve, reject) => {
        let outcome: { ok: true; value: T } | { ok: false; error: unknown } | undefined
        queue.add({
          run() {
            map.begin()
            try {
              outcome = { ok: true, value: work(writer) }
            } catch (error) {
              map.rollBack()
              outcome = { ok: false, error }
            }
          },
          settle(failure) {
            if (failure !== undefined) reject(failure)
            else if (outcome?.ok === true) resolve(outcome.value)
            else reject(outcome?.error)
          },
        })
      })
    },
    async close() {
      if (closed) return
      closed = true
      await queue.idle()
      await map.close()
    },
  }
}

const copied: Look<Buffer> = (bytes, at, end) => {
  const copy = Buffer.allocUnsafe(end - at)
  bytes.copy(copy, 0, at, end)
  return copy
}
