import { statfsSync } from 'node:fs'
import { join } from 'node:path'
import { open, type RootDatabase } from 'lmdb'
import { lockFolder } from './folder-lock.ts'
import { checkFormat } from './format.ts'
import { hasAddresses, watchMappedMemory } from './mapped-memory.ts'
import { makeFolder } from './make-folder.ts'
import { StorageError, type Entry, type Range, type Store } from './store.ts'
import { transactional } from './transactions.ts'

/**
 * `process`: acknowledged writes survive `kill -9` of this process (they are in the operating system's cache).
 * `flush`: they survive a loss of power too; each commit waits for the disk.
 */
export type Durability = 'process' | 'flush'

/**
 * Layout of a data folder:
 *
 *     FORMAT      {"format": 2}: refused when it is another version's
 *     lock.json   the process that has the folder open
 *     data.mdb    LMDB, pages of 8 KB, one unnamed database; each part's keys begin with its own prefix
 *
 * @throws StorageError when another process has the folder, or it holds another format
 */
export function openLmdbStore(folder: string, options: { durability: Durability }): Store {
  makeFolder(folder)
  const unlock = lockFolder(folder)
  try {
    checkFormat(folder)
    return openLocked(folder, options.durability, unlock)
  } catch (error) {
    unlock()
    throw error
  }
}

function openLocked(folder: string, durability: Durability, unlock: () => void): Store {
  const coding = new Coding()
  const openFile = (): Database => openDatabase(folder, durability, coding)
  let opened: Database | undefined = openFile()
  let uses = 0
  let rangesBeingRead = 0
  function database(): Database {
    uses += 1
    return (opened ??= openFile())
  }

  /**
   * Pages of the file that were read stay in the process's memory: with 100 MB of items, 200 MB. Closing gives them
   * back (1 ms; the system still has them cached), and the next use opens the file again.
   */
  function release(): void {
    if (rangesBeingRead > 0) return
    void opened?.close() // at once: no read or write outlasts a call of this store's
    opened = undefined
  }
  const stopWatching = watchMappedMemory(() => uses, release)

  const entries = ({ from, to, reverse }: Range): Iterable<Entry> =>
    reverse === true
      ? database().getRange({
          start: to,
          exclusiveStart: true,
          end: from,
          inclusiveEnd: true,
          reverse,
        })
      : database().getRange({ start: from, end: to })

  function* range(over: Range): Iterable<Entry> {
    if (isEmpty(over)) return
    rangesBeingRead += 1
    try {
      for (const { key, value } of entries(over)) yield { key, value }
    } finally {
      rangesBeingRead -= 1
    }
  }

  function visit(over: Range, visitor: (value: Buffer) => boolean): void {
    if (isEmpty(over)) return
    const found = entries(over)[Symbol.iterator]()
    rangesBeingRead += 1
    try {
      for (;;) {
        coding.copies = false
        const next = found.next()
        coding.copies = true // what the visitor reads besides is its own
        if (next.done === true || !visitor(next.value.value)) return
      }
    } finally {
      coding.copies = true
      found.return?.()
      rangesBeingRead -= 1
    }
  }

  return transactional({
    get: (key) => database().get(key),
    range,
    visit,
    put: (key, value) => {
      database().putSync(key, value)
    },
    remove: (key) => {
      database().removeSync(key)
    },
    commit(changes) {
      try {
        database().transactionSync(changes)
      } catch (error) {
        throw failureOf(error, folder)
      }
    },
    async close() {
      stopWatching()
      await opened?.close()
      unlock()
    },
  })
}

const isEmpty = ({ from, to }: Range): boolean => Buffer.compare(from, to) >= 0

type Database = RootDatabase<Buffer, Buffer>

/**
 * How keys and values come out of lmdb, which reads each into a buffer that it uses again for the next: copied, or, for
 * who only looks at values, as they lie there. (lmdb's own binary coding makes an ArrayBuffer for each: 0.5 µs.)
 */
class Coding {
  copies = true

  readonly values = {
    encode: (value: Buffer): Buffer => value,
    decode: (bytes: Buffer): Buffer => {
      const value = bytes.subarray(0, bytes.length)
      return this.copies ? copyOf(value) : value
    },
  }

  readonly keys = {
    writeKey(key: Buffer, target: Uint8Array, start: number): number {
      target.set(key, start)
      return start + key.length
    },
    readKey: (target: Buffer, start: number, end: number): Buffer =>
      this.copies ? copyOf(target.subarray(start, end)) : noKey,
  }
}

const noKey = Buffer.alloc(0)

function copyOf(bytes: Buffer): Buffer {
  const copy = Buffer.allocUnsafe(bytes.length)
  copy.set(bytes)
  return copy
}

const openDatabase = (folder: string, durability: Durability, coding: Coding): Database =>
  open<Buffer, Buffer>({
    path: join(folder, 'data.mdb'),
    noSubdir: true,
    encoding: 'binary',
    encoder: coding.values,
    keyEncoder: coding.keys,
    pageSize: 8192, // keys up to 4,026 bytes: an index entry holds two sort keys of up to 1 KB
    noSync: durability === 'process',
    overlappingSync: false,
    maxReaders: 16,
    // Without it the file is mapped anew each time it outgrows its map, and the old maps stay: twice the memory.
    ...(hasAddresses() ? { mapSize: addressBytes } : {}),
  })

/** Addresses, not memory. A file that outgrows them is mapped anew after all. */
const addressBytes = 2 ** 36

/** LMDB tells of a full disk as ENOSPC, or as an input/output error where only a part of a page could be written. */
function failureOf(error: unknown, folder: string): StorageError {
  const reason = error instanceof Error ? error.message : String(error)
  const { bavail, bsize } = statfsSync(folder)
  const isFull = /ENOSPC|No space left|MAP_FULL/.test(reason) || bavail * bsize < diskFullBytes
  return new StorageError(
    isFull
      ? 'The disk is full: nothing was written. Free some space and try again.'
      : `The data could not be written: ${reason}`,
    { cause: error },
  )
}

/** A commit writes some pages at once: with less space than this left, that is why it failed. */
const diskFullBytes = 1024 * 1024
