import { statfsSync } from 'node:fs'
import { join } from 'node:path'
import { Changes, type Generation } from './changes.ts'
import { Database } from './database.ts'
import { lockFolder } from './folder-lock.ts'
import { checkFormat } from './format.ts'
import type { Change } from './image.ts'
import { inPieces } from './in-pieces.ts'
import { Journal } from './journal.ts'
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
 *     FORMAT      {"format": 5}: refused when it is another version's
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
  private readonly changes = new Changes()
  /** Of even generations, and of odd ones. */
  private readonly journals: readonly Journal[]
  private gathered: Generation
  /** The one before, for as long as LMDB does not hold it. */
  private behind: Generation | undefined
  private writing: Promise<void> | undefined
  /** Whether the last attempt to write to LMDB failed. */
  private hasFailed = false
  private isCommitting = false
  private timer: NodeJS.Timeout | undefined

  constructor(folder: string, options: LmdbOptions, unlock: () => void) {
    this.folder = folder
    this.unlock = unlock
    this.gatherMax = options.gatherMax ?? gatherMaxUsual
    const flush = options.durability === 'flush'
    this.database = new Database(join(folder, 'data.mdb'), { flush })
    let opened: readonly OpenJournal[]
    try {
      opened = openJournals(folder, flush)
    } catch (error) {
      void this.database.close() // nothing is being written
      throw error
    }
    this.journals = opened.map(({ journal }) => journal)
    // What another process has left is gone on with.
    const replayed = (serial: number): Generation => {
      const generation = this.changes.generation(serial)
      const contents = opened[serial % 2]?.contents ?? Buffer.alloc(0)
      while (this.changes.take(generation, contents));
      return generation
    }
    const last = this.database.generation
    this.gathered = replayed(last + 1)
    const next = replayed(last + 2)
    if (next.keys > 0) {
      this.behind = this.gathered
      this.gathered = next
    } else this.changes.keep(next) // there is nothing in it
    if (this.keys > 0) this.writeLater()
    this.stopWatching = watchMappedMemory(
      () => this.database.uses,
      () => {
        if (this.writing === undefined) this.database.release()
      },
    )
  }

  peek<T>(key: Buffer, look: Look<T>): T | undefined {
    const found = this.changes.peek(key, look)
    if (found !== undefined) return found ?? undefined
    const { isCommitting } = this
    if (!isCommitting && !this.changes.isAskedAgain(key)) return this.database.peek(key, look)
    const keptMax = isCommitting ? keptInCommitMax : keptOfReadsMax
    return this.database.peek(key, (bytes, at, end) => {
      if (end - at <= keptMax) this.changes.see(key, bytes, at, end)
      return look(bytes, at, end)
    })
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
    this.changes.note(this.gathered, key, value)
  }

  remove(key: Buffer): void {
    this.changes.note(this.gathered, key, undefined)
  }

  begin(): void {
    this.changes.begin()
  }

  rollBack(): void {
    this.changes.rollBack(this.gathered)
  }

  get isFull(): boolean {
    return this.gathered.image.notedBytes > notedBytesMax || this.isOver(2)
  }

  makeRoom(): Promise<void> | undefined {
    return this.isOver(2) ? this.writeGathered() : undefined
  }

  commit(changes: () => void): void {
    this.isCommitting = true
    try {
      changes()
      if (this.gathered.image.notedBytes > 0) this.append()
    } catch (error) {
      this.changes.forgetNotes(this.gathered)
      throw failureOf(error, this.folder)
    } finally {
      this.isCommitting = false
    }
    this.changes.commit()
    if (this.isOver(1)) this.writeInBackground()
    else if (this.keys > 0) this.writeLater()
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
    for (const journal of this.journals) journal.close({ done })
    this.unlock()
  }

  /** How many changes LMDB does not hold. */
  private get keys(): number {
    return this.gathered.keys + (this.behind?.keys ?? 0)
  }

  /** @throws Error when what was noted can be written neither to the journal nor, with all the rest, to LMDB */
  private append(): void {
    const { image, serial } = this.gathered
    try {
      this.journals[serial % 2]?.append(image)
    } catch (error) {
      if (this.writing !== undefined) throw error
      const { behind } = this
      const older = behind === undefined ? [] : this.changes.of(behind)
      this.database.writeNow([...older, ...this.changes.of(this.gathered)], serial)
      if (behind !== undefined) this.hasWritten(behind)
      this.hasWritten(this.turnOver())
    }
  }

  /** Begins another generation. */
  private turnOver(): Generation {
    const behind = this.gathered
    this.gathered = this.changes.generation(behind.serial + 1)
    this.behind = behind
    return behind
  }

  /** LMDB holds the generation before. */
  private hasWritten(generation: Generation): void {
    this.changes.keep(generation)
    this.behind = undefined
  }

  /** What is gathered of a range, in its order. */
  private within(range: Range): Change[] {
    const newer = this.changes.within(this.gathered, range)
    if (this.behind === undefined) return newer
    return mergeChanges(newer, this.changes.within(this.behind, range), range.reverse === true)
  }

  private entries(range: Range, changes: Change[]): Iterable<Entry> {
    const entries = this.database.range(range)
    return changes.length === 0 ? entries : mergeEntries(changes, entries, range.reverse === true)
  }

  /** Whether more is gathered than should be, or than `times` that. */
  private isOver(times: number): boolean {
    const { keys, image } = this.gathered
    return keys >= times * this.gatherMax || image.recorded >= times * gatherBytesMax
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
    if (this.behind === undefined && this.gathered.keys === 0) return Promise.resolve()
    this.writing = this.write(this.behind ?? this.turnOver())
    return this.writing
  }

  private async write(generation: Generation): Promise<void> {
    const changes = this.changes.of(generation)
    try {
      if (this.hasFailed) {
        // On this thread: lmdb reports a failure on its own to the console.
        await Promise.resolve()
        this.database.writeNow(changes, generation.serial)
      } else await this.database.write(changes, generation.serial)
      this.hasWritten(generation)
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

type OpenJournal = { readonly journal: Journal; readonly contents: Buffer }

/** The journals, and what they hold. @throws StorageError naming one that is unreadable */
function openJournals(folder: string, flush: boolean): readonly OpenJournal[] {
  const opened: OpenJournal[] = []
  for (const name of journalNames) {
    const file = join(folder, name)
    let journal: Journal | undefined
    try {
      journal = new Journal(file, { flush })
      opened.push({ journal, contents: journal.contents() })
    } catch (error) {
      for (const each of [...opened, { journal }]) each.journal?.close({ done: false })
      const reason = error instanceof Error ? error.message : String(error)
      const message = `${file}, which may hold the last writes, cannot be read: ${reason}`
      throw new StorageError(message, { cause: error })
    }
  }
  return opened
}

/** Of even generations, and of odd ones. */
const journalNames = ['journal.0', 'journal.1']

/**
 * The pages that a write to LMDB has changed lie in memory until it is committed, nearly one for each change of a large
 * file, and some stay for the next: 15 MB more than with 700, for which puts, updates and batches are 8 to 15 % faster.
 */
const gatherMaxUsual = 2_000
const gatherBytesMax = 8 * 1024 * 1024
/** What one commit writes to the journal, more or less: its last transaction may be larger. */
const notedBytesMax = 2 * 1024 * 1024
/** What transactions read they mostly change; a table's counters take 40 bytes, and 16 more for each of its indexes. */
const keptInCommitMax = 512
/** Of a larger value, most of the time goes into the value itself. */
const keptOfReadsMax = 4 * 1024
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
