import { statfsSync } from 'node:fs'
import { join } from 'node:path'
import { Database } from './database.ts'
import { lockFolder } from './folder-lock.ts'
import { checkFormat } from './format.ts'
import { inPieces } from './in-pieces.ts'
import { Journal, type Change } from './journal.ts'
import { keyText } from './key.ts'
import { makeFolder } from './make-folder.ts'
import { watchMappedMemory } from './mapped-memory.ts'
import { mergeChanges, mergeEntries } from './merge.ts'
import {
  StorageError,
  type Entry,
  type Look,
  type Range,
  type Store,
  type Value,
  type Visitor,
} from './store.ts'
import { transactional, type OrderedMap } from './transactions.ts'

/**
 * `process`: acknowledged writes survive `kill -9` of this process (they are in the operating system's cache).
 * `flush`: they survive a loss of power too; each commit waits for the disk.
 */
export type Durability = 'process' | 'flush'

export type LmdbOptions = {
  readonly durability: Durability
  /** How many changes are gathered before they are written to LMDB's file. */
  readonly gatherMax?: number
}

/**
 * Layout of a data folder:
 *
 *     FORMAT      {"format": 4}: refused when it is another version's
 *     lock.json   the process that has the folder open
 *     data.mdb    LMDB, pages of 8 KB, one unnamed database; each part's keys begin with its own prefix
 *     journal.0   the changes of even generations that data.mdb does not hold yet
 *     journal.1   those of odd ones
 *
 * @throws StorageError when another process has the folder, or it holds another format
 */
export function openLmdbStore(folder: string, options: LmdbOptions): Store {
  makeFolder(folder)
  const unlock = lockFolder(folder)
  try {
    checkFormat(folder)
    return transactional(new JournaledMap(folder, options, unlock))
  } catch (error) {
    unlock()
    throw error
  }
}

/**
 * LMDB behind a journal. A commit of LMDB writes every page that was changed, and with keys that begin with a hash
 * each item lies on a page of its own. So changes are gathered in memory, where reads find them first, and,
 * for good, in a journal; many together are then written to LMDB, on another thread.
 *
 * What is gathered between two such writes is a generation. LMDB names the last one that it holds. While one is being
 * written, the next is gathered, in the other journal: a process that is killed finds all of both at the next start.
 */
class JournaledMap implements OrderedMap {
  private readonly folder: string
  private readonly unlock: () => void
  private readonly gatherMax: number
  private readonly database: Database
  private readonly stopWatching: () => void
  /** What LMDB does not hold yet: the generation that is being gathered. */
  private gathered: Journal
  private generation: number
  /** The generation before, for as long as LMDB does not hold it; after that, empty, the next. */
  private other: Journal
  private isBehind = false
  private writing: Promise<void> | undefined
  /** Whether the last attempt to write to LMDB failed. */
  private hasFailed = false
  private timer: NodeJS.Timeout | undefined
  private lastKey: Buffer | undefined
  private lastText = ''

  constructor(folder: string, options: LmdbOptions, unlock: () => void) {
    this.folder = folder
    this.unlock = unlock
    this.gatherMax = options.gatherMax ?? gatherMaxUsual
    const flush = options.durability === 'flush'
    this.database = new Database(join(folder, 'data.mdb'), { flush })
    // What another process has left is gone on with.
    const last = this.database.generation
    const [first, second] = this.replayed(last, flush)
    this.isBehind = second.keys > 0
    this.generation = this.isBehind ? last + 2 : last + 1
    this.gathered = this.isBehind ? second : first
    this.other = this.isBehind ? first : second
    if (this.keys > 0) this.writeLater()
    this.stopWatching = watchMappedMemory(
      () => this.database.uses,
      () => {
        if (this.writing === undefined) this.database.release()
      },
    )
  }

  /** The journals of the two generations after the last that LMDB holds. @throws StorageError naming one that is unreadable */
  private replayed(last: number, flush: boolean): readonly [Journal, Journal] {
    const opened: Journal[] = []
    const replayed = (generation: number): Journal => {
      const file = join(this.folder, `journal.${generation % 2}`)
      try {
        const journal = new Journal(file, { flush })
        opened.push(journal)
        journal.replay(generation)
        return journal
      } catch (error) {
        for (const each of opened) each.close({ done: false })
        void this.database.close() // nothing is being written
        const reason = error instanceof Error ? error.message : String(error)
        const message = `${file}, which may hold the last writes, cannot be read: ${reason}`
        throw new StorageError(message, { cause: error })
      }
    }
    return [replayed(last + 1), replayed(last + 2)]
  }

  get(key: Buffer): Buffer | undefined {
    if (this.keys === 0) return this.database.get(key)
    const text = this.textOf(key)
    const change = this.gathered.get(text) ?? this.other.get(text)
    return change === undefined ? this.database.get(key) : change.value
  }

  peek<T>(key: Buffer, look: Look<T>): T | undefined {
    if (this.keys === 0) return this.database.peek(key, look)
    const text = this.textOf(key)
    const seen = this.gathered.peek(text, look)
    const found = seen === undefined ? this.other.peek(text, look) : seen
    return found === undefined ? this.database.peek(key, look) : (found ?? undefined)
  }

  range(over: Range): Iterable<Entry> {
    return inPieces(over, (piece) => this.entries(piece, this.within(piece)))
  }

  visit(over: Range, visit: Visitor): void {
    const changes = this.within(over)
    if (changes.length === 0) {
      this.database.visit(over, visit)
      return
    }
    for (const { value } of this.entries(over, changes)) if (!visit(value, value.length)) return
  }

  put(key: Buffer, value: Value): void {
    this.gathered.note(key, this.textOf(key), value)
  }

  remove(key: Buffer): void {
    this.gathered.note(key, this.textOf(key), undefined)
  }

  begin(): void {
    this.gathered.begin()
  }

  rollBack(): void {
    this.gathered.rollBack()
  }

  get isFull(): boolean {
    return this.gathered.notedBytes > notedBytesMax || this.isOver(2)
  }

  makeRoom(): Promise<void> | undefined {
    return this.isOver(2) ? this.writeGathered() : undefined
  }

  commit(changes: () => void): void {
    try {
      changes()
      if (this.gathered.notedBytes === 0) return
      this.append()
    } catch (error) {
      this.gathered.forgetNotes()
      throw failureOf(error, this.folder)
    }
    if (this.isOver(1)) this.writeInBackground()
    else this.writeLater()
  }

  async close(): Promise<void> {
    this.stopWatching()
    try {
      await this.writeGathered()
      await this.writeGathered()
    } catch {
      // The journal holds it.
    }
    clearTimeout(this.timer)
    await this.database.close()
    const done = this.keys === 0
    this.gathered.close({ done })
    this.other.close({ done })
    this.unlock()
  }

  /** A write nearly always follows a read of the same key. */
  private textOf(key: Buffer): string {
    if (key !== this.lastKey) {
      this.lastKey = key
      this.lastText = keyText(key)
    }
    return this.lastText
  }

  /** How many changes LMDB does not hold. */
  private get keys(): number {
    return this.gathered.keys + this.other.keys
  }

  /** @throws Error when what was noted can be written neither to the journal nor, with all the rest, to LMDB */
  private append(): void {
    try {
      this.gathered.append()
    } catch (error) {
      if (this.writing !== undefined) throw error
      this.database.writeNow(this.changes(), this.generation)
      this.turnOver()
      this.isBehind = false
      this.other.startOver(this.generation + 1)
    }
  }

  private *changes(): Iterable<Change> {
    yield* this.other.changes()
    yield* this.gathered.changes()
  }

  /** Begins another generation. */
  private turnOver(): void {
    const { gathered } = this
    this.generation += 1
    this.gathered = this.other
    this.gathered.startOver(this.generation)
    this.other = gathered
    this.isBehind = true
  }

  /** What is gathered of a range, in its order. */
  private within(range: Range): Change[] {
    const isReverse = range.reverse === true
    return mergeChanges(this.gathered.within(range), this.other.within(range), isReverse)
  }

  private entries(range: Range, changes: Change[]): Iterable<Entry> {
    const entries = this.database.range(range)
    return changes.length === 0 ? entries : mergeEntries(changes, entries, range.reverse === true)
  }

  /** Whether more is gathered than should be, or than `times` that. */
  private isOver(times: number): boolean {
    const { keys, bytes } = this.gathered
    return keys >= times * this.gatherMax || bytes >= times * gatherBytesMax
  }

  private writeLater(): void {
    this.timer ??= setTimeout(() => this.writeInBackground(), behindMs).unref()
  }

  private writeInBackground(): void {
    clearTimeout(this.timer)
    this.timer = undefined
    this.writeGathered().catch(() => undefined) // tried again, and told to whoever writes
  }

  /**
   * Writes the generation before to LMDB, or, when LMDB holds that already, the one that is being gathered.
   *
   * @throws StorageError when that failed; nothing is lost by it
   */
  private writeGathered(): Promise<void> {
    if (this.writing !== undefined) return this.writing
    if (!this.isBehind) {
      if (this.gathered.keys === 0) return Promise.resolve()
      this.turnOver()
    }
    this.writing = this.writeOther()
    return this.writing
  }

  private async writeOther(): Promise<void> {
    const generation = this.generation - 1
    try {
      if (this.hasFailed) {
        // On this thread: lmdb reports a failure on its own to the console.
        await Promise.resolve()
        this.database.writeNow(this.other.changes(), generation)
      } else await this.database.write(this.other.changes(), generation)
      this.other.startOver(generation + 2)
      this.isBehind = false
      this.hasFailed = false
    } catch (error) {
      this.hasFailed = true
      throw failureOf(error, this.folder)
    } finally {
      this.writing = undefined
      if (this.keys > 0) this.writeLater()
    }
  }
}

/**
 * The pages that a write to LMDB has changed lie in memory until it is committed, nearly one for each change of a large
 * file. With twice as many changes, writes became no faster, and 10 MB more were needed.
 */
const gatherMaxUsual = 700
const gatherBytesMax = 8 * 1024 * 1024
/** What one commit writes to the journal, more or less: its last transaction may be larger. */
const notedBytesMax = 2 * 1024 * 1024
/** How long LMDB's file stays behind. */
const behindMs = 1_000

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
