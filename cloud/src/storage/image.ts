import { crc32 } from 'node:zlib'
import type { Look, Value } from './store.ts'

/** A key's new value; undefined: the key is removed. */
export type Change = { readonly key: Buffer; readonly value: Buffer | undefined }

/**
 * The changes of one generation in memory, laid out as its file is: nothing else is made for a change that outlives
 * the request.
 *
 *     record:  crc of all that follows, 4 · bytes of the changes, 4 · generation, 8 · number within it, 4 · changes
 *     change:  bytes of the key, 4 · bytes of the value, or 0xffffffff: removed, 4 · key · value
 *
 * Numbers are little-endian. A record counts when its crc is right, it belongs to the generation asked for, and its number
 * follows the one before: what an earlier generation left in the file, and what was cut off when the process died, is
 * neither.
 */
export class Image {
  bytes = Buffer.allocUnsafeSlow(bytesFirst)
  generation = 0
  /** As much of it is whole records. */
  recorded = 0
  /** Where the next change goes: after the head of a record that is being put together. */
  used = headBytes
  private records = 0

  /** How many bytes of changes there are that are in no record. */
  get notedBytes(): number {
    return this.used - this.recorded - headBytes
  }

  /** Forgets all there is: the next record is the first of another generation. */
  startOver(generation: number): void {
    this.generation = generation
    this.goTo(0, 0)
  }

  /** Adds a change. @returns where it lies */
  note(key: Buffer, value: Value | undefined): number {
    const at = this.used
    const keyAt = at + changeHeadBytes
    const valueAt = keyAt + key.length
    // A buffer's `byteLength` takes a search of its prototypes where other values come by, too.
    const valueBytes = Buffer.isBuffer(value) ? value.length : value?.byteLength
    const end = valueAt + (valueBytes ?? 0)
    if (end > this.bytes.length) this.grow(end)
    const { bytes } = this
    bytes.writeUInt32LE(key.length, at)
    bytes.writeUInt32LE(valueBytes ?? removed, at + 4)
    bytes.set(key, keyAt)
    if (Buffer.isBuffer(value)) bytes.set(value, valueAt)
    else value?.writeTo(bytes, valueAt)
    this.used = end
    return at
  }

  /** Forgets the changes from a place on that are in no record. */
  cut(at: number): void {
    this.used = at
  }

  /** Makes what was noted a record. @returns where it begins; it ends where the image does */
  seal(): number {
    const { bytes, recorded, used } = this
    bytes.writeUInt32LE(used - recorded - headBytes, recorded + 4)
    bytes.writeBigUInt64LE(BigInt(this.generation), recorded + 8)
    bytes.writeUInt32LE(this.records, recorded + 16)
    bytes.writeUInt32LE(crc32(bytes.subarray(recorded + 4, used)), recorded)
    return recorded
  }

  /** The record that was sealed is kept. */
  keep(): void {
    this.goTo(this.used, this.records + 1)
  }

  /** Takes in a record that follows those that are there, when it lies there in a file's contents. */
  take(contents: Buffer): boolean {
    const { recorded } = this
    const start = recorded + headBytes
    if (start > contents.length) return false
    const end = start + contents.readUInt32LE(recorded + 4)
    const counts =
      end <= contents.length &&
      contents.readUInt32LE(recorded) === crc32(contents.subarray(recorded + 4, end)) &&
      contents.readBigUInt64LE(recorded + 8) === BigInt(this.generation) &&
      contents.readUInt32LE(recorded + 16) === this.records
    if (!counts) return false
    if (end > this.bytes.length) this.grow(end)
    contents.copy(this.bytes, recorded, recorded, end)
    this.goTo(end, this.records + 1)
    return true
  }

  /** Calls `visit` with where each change lies, from the record on that begins at `from`. */
  visit(from: number, visit: (at: number) => void): void {
    for (let record = from, end = 0; record < this.used; record = end) {
      const start = record + headBytes
      end = record < this.recorded ? start + this.bytes.readUInt32LE(record + 4) : this.used
      for (let at = start; at < end; at = this.end(at)) visit(at)
    }
  }

  /** Whether a change is one of a key. */
  isOf(at: number, key: Buffer): boolean {
    const { bytes } = this
    const { length } = key
    if (bytes.readUInt32LE(at) !== length) return false
    const keyAt = at + changeHeadBytes
    // From its end: keys begin alike. A loop, because a call of Buffer's own takes longer than most keys.
    for (let n = length - 1; n >= 0; n--) if (bytes[keyAt + n] !== key[n]) return false
    return true
  }

  key(at: number): Buffer {
    return this.bytes.subarray(at + changeHeadBytes, valueAt(this.bytes, at))
  }

  change(at: number): Change {
    const value = this.isRemoval(at)
      ? undefined
      : this.bytes.subarray(valueAt(this.bytes, at), this.end(at))
    return { key: this.key(at), value }
  }

  /** Shows the value that a change gives its key; null when it removed it. */
  peek<T>(at: number, look: Look<T>): T | null {
    return this.isRemoval(at) ? null : look(this.bytes, valueAt(this.bytes, at), this.end(at))
  }

  private isRemoval(at: number): boolean {
    return this.bytes.readUInt32LE(at + 4) === removed
  }

  /** Where a change ends. */
  private end(at: number): number {
    return valueAt(this.bytes, at) + (this.isRemoval(at) ? 0 : this.bytes.readUInt32LE(at + 4))
  }

  private goTo(recorded: number, records: number): void {
    this.recorded = recorded
    this.records = records
    this.used = recorded + headBytes
    if (this.used > this.bytes.length) this.grow(this.used)
  }

  private grow(needed: number): void {
    const larger = Buffer.allocUnsafeSlow(Math.max(needed, 2 * this.bytes.length))
    this.bytes.copy(larger, 0, 0, Math.min(this.used, this.bytes.length))
    this.bytes = larger
  }
}

const valueAt = (bytes: Buffer, at: number): number => at + changeHeadBytes + bytes.readUInt32LE(at)

export const copyOf = ({ key, value }: Change): Change => ({
  key: Buffer.from(key),
  value: value && Buffer.from(value),
})

const headBytes = 20
const changeHeadBytes = 8
const removed = 0xffffffff
const bytesFirst = 128 * 1024
