import { statfsSync } from 'node:fs'
import { join } from 'node:path'
import { Database, type Transaction } from './database.ts'
import { lockFolder } from './folder-lock.ts'
import { checkFormat } from './format.ts'
import { Journal } from './journal.ts'
import { makeFolder } from './make-folder.ts'
import { watchMappedMemory } from './mapped-memory.ts'
import { StorageError, type Entry, type Range, type Store } from './store.ts'
import { transactional, type OrderedMap } from './transactions.ts'

/**
 * `process`: acknowledged writes survive `kill -9` of this process (they are in the operating system's cache).
 * `flush`: they survive a loss of power too; each commit waits for the disk.
 */
export type Durability = 'process' | 'flush'

/**
 * Layout of a data folder:
 *
 *     FORMAT      {"format": 3}: refused when it is another version's
 *     lock.json   the process that has the folder open
 *     data.mdb    LMDB, pages of 8 KB, one unnamed database; each part's keys begin with its own prefix
 *     journal     the changes that data.mdb does not hold yet
 *
 * @throws StorageError when another process has the folder, or it holds another format
 */
export function openLmdbStore(folder: string, options: { durability: Durability }): Store {
  makeFolder(folder)
  const unlock = lockFolder(folder)
  try {
    checkFormat(folder)
    return transactional(new JournaledMap(folder, options.durability, unlock))
  } catch (error) {
    unlock()
    throw error
  }
}

/**
 * LMDB behind a journal. A commit of LMDB's writes every page that was changed, and with keys that begin with a hash
 * each item lies on a page of its own. So LMDB's transaction stays open for many changes, which lie in its
 * memory and, for good, in the journal; of the pages written then, most hold several of them.
 *
 * LMDB's file always holds the state at one of its commits, and names it by a number; the journal holds what came
 * after, under the number of the next. A process that is killed between the two, or within either, finds one or the
 * other at the next start.
 */
class JournaledMap implements OrderedMap {
  private readonly folder: string
  private readonly unlock: () => void
  private readonly database: Database
  private readonly journal: Journal
  private readonly stopWatching: () => void
  private transaction: Transaction | undefined
  private changes = 0
  private timer: NodeJS.Timeout | undefined
  /** Why nothing can be read or written any more: what was acknowledged could not be read back from the journal. */
  private broken: StorageError | undefined

  constructor(folder: string, durability: Durability, unlock: () => void) {
    this.folder = folder
    this.unlock = unlock
    const flush = durability === 'flush'
    this.database = new Database(join(folder, 'data.mdb'), { flush })
    this.journal = new Journal(join(folder, 'journal'), { flush, bytesMax: journalBytesMax })
    this.stopWatching = watchMappedMemory(
      () => this.database.uses,
      () => {
        if (this.checkpoint()) this.database.release()
      },
    )
    this.recover()
    if (this.broken !== undefined) throw this.broken
  }

  get(key: Buffer): Buffer | undefined {
    return this.sound.get(key)
  }

  range(over: Range): Iterable<Entry> {
    return this.sound.range(over)
  }

  visit(over: Range, visit: (value: Buffer) => boolean): void {
    this.sound.visit(over, visit)
  }

  put(key: Buffer, value: Buffer): void {
    this.begin()
    this.database.put(key, value)
    this.note(key, value)
  }

  remove(key: Buffer): void {
    this.begin()
    if (this.database.remove(key)) this.note(key, undefined)
  }

  commit(changes: () => void): void {
    if (this.broken !== undefined) throw this.broken
    try {
      changes()
      if (this.transaction === undefined || !this.journal.hasNotes) return
      if (this.changes > changesMax || !this.journal.append(this.transaction.id)) {
        this.finish(this.transaction)
      }
    } catch (error) {
      this.transaction?.abort()
      this.recover()
      throw this.broken ?? failureOf(error, this.folder)
    }
  }

  async close(): Promise<void> {
    this.stopWatching()
    const done = this.checkpoint()
    this.transaction?.abort()
    this.ended()
    await this.database.close()
    this.journal.close({ done })
    this.unlock()
  }

  private get sound(): Database {
    if (this.broken !== undefined) throw this.broken
    return this.database
  }

  private note(key: Buffer, value: Buffer | undefined): void {
    this.journal.note(key, value)
    this.changes += 1
  }

  private begin(): Transaction {
    this.timer ??= setTimeout(() => this.checkpoint(), checkpointMs).unref()
    return (this.transaction ??= this.database.begin())
  }

  private ended(): void {
    clearTimeout(this.timer)
    this.timer = undefined
    this.transaction = undefined
    this.changes = 0
  }

  /** LMDB's commit. @throws Error when it failed; what is in the journal then is not in LMDB */
  private finish(transaction: Transaction): void {
    this.ended()
    transaction.commit()
    this.journal.startOver()
  }

  /** Puts into LMDB's file what only the journal holds. @returns whether that succeeded: if not, the journal holds it still */
  private checkpoint(): boolean {
    if (this.transaction === undefined) return true
    try {
      this.finish(this.transaction)
      return true
    } catch {
      this.recover()
      return false
    }
  }

  /**
   * Begins a transaction with what the journal holds besides LMDB's last commit, if there is any. Where that fails,
   * nothing is answered from then on: what was acknowledged would be missing.
   */
  private recover(): void {
    this.ended()
    try {
      this.journal.startOver()
      if (this.journal.isEmpty) return
      const transaction = this.begin()
      this.changes = this.journal.replay(transaction.id, ({ key, value }) => {
        if (value === undefined) this.database.remove(key)
        else this.database.put(key, value)
      })
      if (this.changes > 0) return
      transaction.abort()
      this.ended()
    } catch (error) {
      this.broken = failureOf(error, this.folder)
    }
  }
}

/**
 * The pages that a transaction has changed lie in memory, and as many of the file become free by it: nearly one for each
 * change of a large file. With more of them, writes became no faster.
 */
const changesMax = 1_500
/** What is larger goes to LMDB at once. */
const journalBytesMax = 16 * 1024 * 1024
/** How long LMDB's file stays behind. */
const checkpointMs = 1_000

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
