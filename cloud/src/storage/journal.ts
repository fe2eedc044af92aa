import {
  closeSync,
  constants,
  fdatasyncSync,
  fstatSync,
  ftruncateSync,
  openSync,
  readSync,
  writeSync,
} from 'node:fs'
import { crc32 } from 'node:zlib'

/** A key's new value; undefined: the key is removed. */
export type Change = { readonly key: Buffer; readonly value: Buffer | undefined }

/**
 * The changes since the database's last commit, in one file that is written from its beginning again after each:
 *
 *     record:  crc of all that follows, 4 · bytes of the changes, 4 · transaction, 8 · number within it, 4 · changes
 *     change:  bytes of the key, 4 · bytes of the value, or 0xffffffff: removed, 4 · key · value
 *
 * Numbers are little-endian. A record counts when its crc is right, it belongs to the transaction that the database
 * would commit next, and its number follows the one before: what an earlier transaction left in the file, and what
 * was cut off when the process died, is neither.
 */
export class Journal {
  private isFull = false
  private readonly fd: number
  private readonly flush: boolean
  private readonly bytesMax: number
  /** The record that is being put together: its head, then the changes. */
  private record = Buffer.allocUnsafeSlow(recordBytesFirst)
  private used = headBytes
  private position = 0
  private records = 0

  /** @param options.flush each record waits for the disk */
  constructor(file: string, options: { flush: boolean; bytesMax: number }) {
    // Read and written, made when it is not there, never cut off: a flag that node has no letters for.
    this.fd = openSync(file, constants.O_RDWR | constants.O_CREAT, 0o600)
    this.flush = options.flush
    this.bytesMax = options.bytesMax
  }

  get isEmpty(): boolean {
    return fstatSync(this.fd).size === 0
  }

  /** Whether changes have been noted that are not in the file. */
  get hasNotes(): boolean {
    return this.used > headBytes || this.isFull
  }

  /** Notes a change; {@link append} makes it last. */
  note(key: Buffer, value: Buffer | undefined): void {
    const bytes = 8 + key.length + (value?.length ?? 0)
    this.isFull ||= this.position + this.used + bytes > this.bytesMax
    if (this.isFull) return
    if (this.used + bytes > this.record.length) this.grow(this.used + bytes)
    const { record } = this
    record.writeUInt32LE(key.length, this.used)
    record.writeUInt32LE(value?.length ?? removed, this.used + 4)
    record.set(key, this.used + 8)
    if (value !== undefined) record.set(value, this.used + 8 + key.length)
    this.used += bytes
  }

  private forgetNotes(): void {
    this.isFull = false
    this.used = headBytes
    if (this.record.length > recordBytesKept) this.record = Buffer.allocUnsafeSlow(recordBytesFirst)
  }

  /**
   * Writes what was noted as one record: all of it survives the process, or nothing.
   *
   * @returns false when that cannot be done (the file may not grow, the disk is full): the database has to commit
   */
  append(transaction: number): boolean {
    if (this.isFull) return false
    const { record, used } = this
    record.writeUInt32LE(used - headBytes, 4)
    record.writeBigUInt64LE(BigInt(transaction), 8)
    record.writeUInt32LE(this.records, 16)
    record.writeUInt32LE(crc32(record.subarray(4, used)), 0)
    try {
      writeWhole(this.fd, record.subarray(0, used), this.position)
      if (this.flush) fdatasyncSync(this.fd)
    } catch {
      return false
    }
    this.position += used
    this.records += 1
    this.forgetNotes()
    return true
  }

  /** The database has committed: the next record is written over the first. */
  startOver(): void {
    this.position = 0
    this.records = 0
    this.forgetNotes()
  }

  /** Hands out, in order, the changes that belong to `transaction`, and goes on after them. @returns how many */
  replay(transaction: number, apply: (change: Change) => void): number {
    const held = this.contents()
    this.startOver()
    let count = 0
    for (;;) {
      const record = recordAt(held, this.position)
      if (record?.transaction !== transaction || record.number !== this.records) return count
      for (const change of changesOf(record.changes)) {
        apply(change)
        count += 1
      }
      this.position += headBytes + record.changes.length
      this.records += 1
    }
  }

  /** @param options.done the database holds everything: the file is emptied, so that nothing is read at the next start */
  close(options: { done: boolean }): void {
    if (options.done) ftruncateSync(this.fd, 0)
    closeSync(this.fd)
  }

  private contents(): Buffer {
    const contents = Buffer.allocUnsafe(fstatSync(this.fd).size)
    let read = 0
    while (read < contents.length) {
      const more = readSync(this.fd, contents, read, contents.length - read, read)
      if (more === 0) break
      read += more
    }
    return contents.subarray(0, read)
  }

  private grow(needed: number): void {
    const larger = Buffer.allocUnsafeSlow(Math.max(needed, 2 * this.record.length))
    this.record.copy(larger, 0, 0, this.used)
    this.record = larger
  }
}

const headBytes = 20
const removed = 0xffffffff
const recordBytesFirst = 64 * 1024
/** A record that had to be larger gives its memory back. */
const recordBytesKept = 1024 * 1024

type JournalRecord = {
  readonly transaction: number
  readonly number: number
  readonly changes: Buffer
}

function recordAt(held: Buffer, at: number): JournalRecord | undefined {
  if (at + headBytes > held.length) return undefined
  const end = at + headBytes + held.readUInt32LE(at + 4)
  if (end > held.length || held.readUInt32LE(at) !== crc32(held.subarray(at + 4, end)))
    return undefined
  return {
    transaction: Number(held.readBigUInt64LE(at + 8)),
    number: held.readUInt32LE(at + 16),
    changes: held.subarray(at + headBytes, end),
  }
}

function* changesOf(changes: Buffer): Iterable<Change> {
  let at = 0
  while (at < changes.length) {
    const valueAt = at + 8 + changes.readUInt32LE(at)
    const valueBytes = changes.readUInt32LE(at + 4)
    const end = valueBytes === removed ? valueAt : valueAt + valueBytes
    yield {
      key: changes.subarray(at + 8, valueAt),
      value: valueBytes === removed ? undefined : changes.subarray(valueAt, end),
    }
    at = end
  }
}

/** The system may write less than it was asked to, and says why only when it is asked for the rest. */
function writeWhole(fd: number, bytes: Buffer, position: number): void {
  let written = 0
  while (written < bytes.length) {
    written += writeSync(fd, bytes, written, bytes.length - written, position + written)
  }
}
