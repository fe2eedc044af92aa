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
import SortedBTree from 'sorted-btree'
import { byText, keyText } from './key.ts'
import type { Look, Range, Value } from './store.ts'

/** A key's new value; undefined: the key is removed. */
export type Change = { readonly key: Buffer; readonly value: Buffer | undefined }

/**
 * The changes of one generation, in memory to be read and in a file to last. The memory is laid out as the file is, so
 * that nothing that lives longer than a request is made for a change but its key's text:
 *
 *     record:  crc of all that follows, 4 · bytes of the changes, 4 · generation, 8 · number within it, 4 · changes
 *     change:  bytes of the key, 4 · bytes of the value, or 0xffffffff: removed, 4
 *              where the change before it of the same key lies, or 0: nowhere, 4 · key · value
 *
 * Numbers are little-endian. A file is written from its beginning again for another generation. A record counts when
 * its crc is right, it belongs to the generation asked for, and its number follows the one before: what an
 * earlier generation left in the file, and what was cut off when the process died, is neither.
 */
export class Journal {
  private readonly fd: number
  private readonly flush: boolean
  private generation = 0
  private records = 0
  private image = Buffer.allocUnsafeSlow(imageBytesFirst)
  /** As much of the image is in the file. */
  private written = 0
  /** Where the next change goes: after the head of a record that is being put together. */
  private used = headBytes
  /** Where in the image the last change of each key lies. */
  private readonly places = new Map<string, number>()
  /** The keys in order, for ranges, but for those that were not yet put in. */
  private readonly order = new SortedBTree.default<string, undefined>(undefined, byText)
  private unordered: string[] = []
  /** Where the changes of the transaction begin. */
  private begun = headBytes

  /** @param options.flush each record waits for the disk */
  constructor(file: string, options: { flush: boolean }) {
    // Read and written, made when it is not there, never cut off: a flag that node has no letters for.
    this.fd = openSync(file, constants.O_RDWR | constants.O_CREAT, 0o600)
    this.flush = options.flush
  }

  /** Of how many keys there are changes. */
  get keys(): number {
    return this.places.size
  }

  /** How many bytes of records there are. */
  get bytes(): number {
    return this.written
  }

  /** How many bytes of changes have been noted that are not in the file. */
  get notedBytes(): number {
    return this.used - this.written - headBytes
  }

  /** Forgets all there is: the next record is the first of another generation. */
  startOver(generation: number): void {
    this.generation = generation
    this.places.clear()
    this.order.clear()
    this.unordered = []
    this.goTo(0, 0)
    if (this.image.length > imageBytesKept) this.image = Buffer.allocUnsafeSlow(imageBytesFirst)
  }

  /** Notes a change; {@link append} makes it last. @param text the key's, as `keyText` gives it */
  note(key: Buffer, text: string, value: Value | undefined): void {
    const at = this.used
    const keyAt = at + changeHeadBytes
    const valueAt = keyAt + key.length
    const valueBytes = value?.byteLength
    const end = valueAt + (valueBytes ?? 0)
    if (end > this.image.length) this.grow(end)
    const { image } = this
    image.writeUInt32LE(key.length, at)
    image.writeUInt32LE(valueBytes ?? removed, at + 4)
    image.writeUInt32LE(this.places.get(text) ?? nowhere, at + 8)
    image.set(key, keyAt)
    if (Buffer.isBuffer(value)) image.set(value, valueAt)
    else value?.writeTo(image, valueAt)
    this.used = end
    this.place(text, at)
  }

  /** Begins a transaction: {@link rollBack} forgets what is noted after it. */
  begin(): void {
    this.begun = this.used
  }

  rollBack(): void {
    for (let at = this.begun; at < this.used;) {
      const { key, end } = this.changeAt(at)
      const before = this.image.readUInt32LE(at + 8)
      if (before === nowhere) this.places.delete(keyText(key))
      else if (before < this.begun) this.places.set(keyText(key), before)
      at = end
    }
    this.used = this.begun
  }

  /**
   * Writes what was noted as one record: all of it survives the process, or nothing.
   *
   * @throws Error when that cannot be done: the disk is full, for example
   */
  append(): void {
    const { image, written, used } = this
    image.writeUInt32LE(used - written - headBytes, written + 4)
    image.writeBigUInt64LE(BigInt(this.generation), written + 8)
    image.writeUInt32LE(this.records, written + 16)
    image.writeUInt32LE(crc32(image.subarray(written + 4, used)), written)
    writeWhole(this.fd, image.subarray(0, used), written)
    if (this.flush) fdatasyncSync(this.fd)
    this.goTo(used, this.records + 1)
  }

  /** Forgets what was noted and is not in the file. */
  forgetNotes(): void {
    const { written } = this
    const image = this.image.subarray(0, written)
    this.startOver(this.generation)
    this.take(image)
  }

  /** Starts over with what the file holds of a generation. */
  replay(generation: number): void {
    this.startOver(generation)
    this.take(contentsOf(this.fd))
  }

  /** @returns what the last change made of a key, given as text; undefined when there is none */
  get(text: string): Pick<Change, 'value'> | undefined {
    const at = this.places.get(text)
    if (at === undefined) return undefined
    const { value } = this.changeAt(at)
    return { value: value && Buffer.from(value) }
  }

  /** As `get`, but what is there is only shown; undefined when there is no change, null when it removed the key. */
  peek<T>(text: string, look: Look<T>): T | null | undefined {
    const at = this.places.get(text)
    if (at === undefined) return undefined
    const { image } = this
    if (image.readUInt32LE(at + 4) === removed) return null
    return look(image, at + changeHeadBytes + image.readUInt32LE(at))
  }

  /** The last changes of a range's keys, in the range's order. */
  within({ from, to, reverse }: Range): Change[] {
    const found: Change[] = []
    if (this.places.size === 0) return found
    for (const text of this.unordered) this.order.set(text, undefined)
    this.unordered = []
    this.order.forRange(keyText(from), keyText(to), false, (text) => {
      const at = this.places.get(text)
      if (at !== undefined) found.push(copyOf(this.changeAt(at)))
    })
    return reverse === true ? found.reverse() : found
  }

  /** The last change of each key. They lie in the journal's memory, until it starts over. */
  *changes(): Iterable<Change> {
    for (const at of this.places.values()) yield this.changeAt(at)
  }

  /** @param options.done nothing in it is needed: the file is emptied, so that nothing is read at the next start */
  close(options: { done: boolean }): void {
    if (options.done) ftruncateSync(this.fd, 0)
    closeSync(this.fd)
  }

  private goTo(written: number, records: number): void {
    this.written = written
    this.records = records
    this.used = written + headBytes
    if (this.used > this.image.length) this.grow(this.used)
  }

  private place(text: string, at: number): void {
    const { size } = this.places
    this.places.set(text, at)
    if (this.places.size > size) this.unordered.push(text)
  }

  private changeAt(at: number): Change & { readonly end: number } {
    const { image } = this
    const keyAt = at + changeHeadBytes
    const valueAt = keyAt + image.readUInt32LE(at)
    const key = image.subarray(keyAt, valueAt)
    const valueBytes = image.readUInt32LE(at + 4)
    if (valueBytes === removed) return { key, value: undefined, end: valueAt }
    const end = valueAt + valueBytes
    return { key, value: image.subarray(valueAt, end), end }
  }

  /** Takes the records in that follow those which are there. */
  private take(held: Buffer): void {
    for (;;) {
      const end = this.endOfRecord(held)
      if (end === undefined) return
      if (end > this.image.length) this.grow(end)
      if (held.buffer !== this.image.buffer) held.copy(this.image, this.written, this.written, end)
      for (let at = this.written + headBytes; at < end;) {
        const { key, value } = this.changeAt(at)
        this.place(keyText(key), at)
        at += changeHeadBytes + key.length + (value?.length ?? 0)
      }
      this.goTo(end, this.records + 1)
    }
  }

  /** Where the record ends that begins where this journal does; undefined when there is none that counts. */
  private endOfRecord(held: Buffer): number | undefined {
    const { written } = this
    if (written + headBytes > held.length) return undefined
    const end = written + headBytes + held.readUInt32LE(written + 4)
    const counts =
      end <= held.length &&
      held.readUInt32LE(written) === crc32(held.subarray(written + 4, end)) &&
      held.readBigUInt64LE(written + 8) === BigInt(this.generation) &&
      held.readUInt32LE(written + 16) === this.records
    return counts ? end : undefined
  }

  private grow(needed: number): void {
    const larger = Buffer.allocUnsafeSlow(Math.max(needed, 2 * this.image.length))
    this.image.copy(larger, 0, 0, Math.min(this.used, this.image.length))
    this.image = larger
  }
}

const headBytes = 20
const changeHeadBytes = 12
/** No change lies before a record's head. */
const nowhere = 0
const removed = 0xffffffff
const imageBytesFirst = 128 * 1024
/** A generation that had to be larger gives its memory back. */
const imageBytesKept = 4 * 1024 * 1024

const copyOf = ({ key, value }: Change): Change => ({
  key: Buffer.from(key),
  value: value && Buffer.from(value),
})

function contentsOf(fd: number): Buffer {
  const contents = Buffer.allocUnsafe(fstatSync(fd).size)
  let read = 0
  while (read < contents.length) {
    const more = readSync(fd, contents, read, contents.length - read, read)
    if (more === 0) break
    read += more
  }
  return contents.subarray(0, read)
}

/** The system may write less than it was asked to, and says why only when it is asked for the rest. */
function writeWhole(fd: number, image: Buffer, from: number): void {
  let at = from
  while (at < image.length) at += writeSync(fd, image, at, image.length - at, at)
}
