import { closeSync, existsSync, fstatSync, openSync, readSync } from 'node:fs'
import { open, type RootDatabase } from 'lmdb'
import { hasAddresses } from './mapped-memory.ts'
import type { Change } from './image.ts'
import { StorageError, type Entry, type Look, type Range, type Visitor } from './store.ts'

/** The LMDB file of a store: pages of 8 KB, one unnamed database. */
export class Database {
  /** How often it has been read or written so far. */
  uses = 0
  private readonly file: string
  private readonly flush: boolean
  private readonly coding = new Coding()
  private opened: Lmdb | undefined

  /**
   * @param options.flush each commit waits for the disk
   * @throws StorageError when the file is no database
   */
  constructor(file: string, options: { flush: boolean }) {
    this.file = file
    this.flush = options.flush
    checkHeads(file)
    this.opened = this.open()
  }

  peek<T>(key: Buffer, look: Look<T>): T | undefined {
    const { coding } = this
    coding.copies = false
    try {
      return this.lmdb.get(key) && look(coding.whole, 0, coding.length)
    } finally {
      coding.copies = true
    }
  }

  /** Not to be read across an `await`. */
  range(over: Range): Iterable<Entry> {
    return isEmpty(over) ? [] : this.entries(over)
  }

  visit(over: Range, visit: Visitor): void {
    if (isEmpty(over)) return
    const { coding } = this
    const entries = this.entries(over)[Symbol.iterator]()
    try {
      for (;;) {
        coding.copies = false
        const { done } = entries.next()
        coding.copies = true // what the visitor reads besides is its own
        if (done === true || !visit(coding.whole, coding.length)) return
      }
    } finally {
      coding.copies = true
      entries.return?.()
    }
  }

  /** The last that was written; 0: none was. */
  get generation(): number {
    return Number(this.peek(generationKey, (bytes, at) => bytes.readBigUInt64BE(at)) ?? 0)
  }

  /**
   * Writes changes in one transaction, on another thread: until the promise settles, reads see what was there before; then
   * they see the changes, as lmdb leaves its read transaction before it resolves.
   *
   * @throws Error when nothing was written
   */
  async write(changes: Iterable<Change>, generation: number): Promise<void> {
    const { lmdb } = this
    try {
      await lmdb.batch(() => {
        for (const { key, value } of changes) {
          if (value === undefined) void lmdb.remove(key)
          else void lmdb.put(key, value)
        }
        void lmdb.put(generationKey, generationBytes(generation))
      })
    } catch (error) {
      // lmdb rejects with an error that says that another one, which is on its way, says why.
      throw await reasonOf(error)
    }
  }

  /** As `write`, at once. @throws Error when nothing was written */
  writeNow(changes: Iterable<Change>, generation: number): void {
    const { lmdb } = this
    lmdb.transactionSync(() => {
      for (const { key, value } of changes) {
        if (value === undefined) lmdb.removeSync(key)
        else lmdb.putSync(key, value)
      }
      lmdb.putSync(generationKey, generationBytes(generation))
    })
  }

  /**
   * Closes the file until it is used again, while nothing is being written: pages of it that were read stay in the process's
   * memory, with 100 MB of items 200 MB. (1 ms; the system still has them cached.)
   */
  release(): void {
    void this.opened?.close() // no read outlasts a call
    this.opened = undefined
  }

  async close(): Promise<void> {
    await this.opened?.close()
  }

  private get lmdb(): Lmdb {
    this.uses += 1
    return (this.opened ??= this.open())
  }

  private entries({ from, to, reverse }: Range): Iterable<Entry> {
    return reverse === true
      ? this.lmdb.getRange({
          start: to,
          exclusiveStart: true,
          end: from,
          inclusiveEnd: true,
          reverse,
        })
      : this.lmdb.getRange({ start: from, end: to })
  }

  private open(): Lmdb {
    return open<Buffer, Buffer>({
      path: this.file,
      noSubdir: true,
      encoding: 'binary',
      encoder: this.coding.values,
      keyEncoder: this.coding.keys,
      pageSize: pageBytes,
      noSync: !this.flush,
      overlappingSync: false,
      maxReaders: 16,
      // Without it the file is mapped anew each time it outgrows its map, and the old maps stay: twice the memory.
      ...(hasAddresses() ? { mapSize: addressBytes } : {}),
    })
  }
}

type Lmdb = RootDatabase<Buffer, Buffer>

/** After every other key: those begin with a name. */
const generationKey = Buffer.alloc(8, 0xff)

function generationBytes(generation: number): Buffer {
  const bytes = Buffer.alloc(8)
  bytes.writeBigUInt64BE(BigInt(generation))
  return bytes
}

async function reasonOf(error: unknown): Promise<unknown> {
  try {
    if (error instanceof Error && 'commitError' in error) await error.commitError
    return error
  } catch (reason) {
    return reason
  }
}

/** Of these, keys may have 4,026 bytes: an index entry holds two sort keys of up to 1 KB. */
const pageBytes = 8192

/** Addresses, not memory. A file that outgrows them is mapped anew after all. */
const addressBytes = 2 ** 36

/** lmdb ends the process (a segmentation fault) on a file that is none of its own: its two first pages tell. */
function checkHeads(file: string): void {
  if (!existsSync(file)) return
  const fd = openSync(file, 'r')
  try {
    if (fstatSync(fd).size === 0) return
    const head = Buffer.alloc(magicAt + magic.length)
    for (const page of [0, 1]) {
      const read = readSync(fd, head, 0, head.length, page * pageBytes)
      if (read === head.length && head.subarray(magicAt).equals(magic)) continue
      throw new StorageError(
        `${file} is damaged: it does not begin as a database does. ` +
          'Bring its folder back from a backup, or use another folder (--data DIR).',
      )
    }
  } finally {
    closeSync(fd)
  }
}

/** LMDB's mdb.c, MDB_MAGIC: after the head of a page, in the machine's own byte order. */
const magic = Buffer.from(new Uint32Array([0xbeefc0de]).buffer)
const magicAt = 24

const isEmpty = ({ from, to }: Range): boolean => Buffer.compare(from, to) >= 0

const noBytes = Buffer.alloc(0)

/**
 * How keys and values come out of lmdb, which reads each into a buffer that it uses again for the next: copied, or, for
 * who only looks at values, as they lie there. (lmdb's own binary coding makes an ArrayBuffer for each: 0.5 µs.)
 */
class Coding {
  copies = true
  /** The buffer in which the last value that was not copied lies, at its beginning. */
  whole: Buffer = noBytes
  /** Of that value. */
  length = 0
  private last: Buffer = noBytes

  readonly values = {
    encode: (value: Buffer): Buffer => value,
    decode: (bytes: Buffer): Buffer => {
      this.length = bytes.length
      if (this.copies) return copyOf(bytes, 0, this.length)
      if (bytes !== this.last) this.see(bytes)
      return noBytes
    },
  }

  /** lmdb sets the `length` of its buffer to that of the value, which is not what the buffer's own methods go by. */
  private see(bytes: Buffer): void {
    this.last = bytes
    this.whole = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  }

  readonly keys = {
    writeKey(key: Buffer, target: Uint8Array, start: number): number {
      target.set(key, start)
      return start + key.length
    },
    readKey: (target: Buffer, start: number, end: number): Buffer =>
      this.copies ? copyOf(target, start, end) : noBytes,
  }
}

function copyOf(bytes: Buffer, start: number, end: number): Buffer {
  const copy = Buffer.allocUnsafe(end - start)
  copy.set(new Uint8Array(bytes.buffer, bytes.byteOffset + start, end - start))
  return copy
}
