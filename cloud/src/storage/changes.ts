import SortedBTree from 'sorted-btree'
import { copyOf, Image, type Change } from './image.ts'
import { byText, keyText } from './key.ts'
import { imageOf, nowhere, Places } from './places.ts'
import type { Look, Range, Value } from './store.ts'

/** What is gathered between two writes to LMDB. */
export type Generation = {
  /** The next one's is higher by one. */
  readonly serial: number
  readonly image: Image
  /** Among the images that are in memory. */
  readonly number: number
  /** How many keys it changed. */
  keys: number
  /** The changed keys in order, for ranges, but for those that were not yet put in: where these lie. */
  readonly order: SortedBTree.default<string, undefined>
  unordered: number[]
}

export type ChangesOptions = {
  /** How much memory is kept of generations that LMDB holds. */
  readonly keptBytesMax?: number
}

/**
 * What was written lately, in memory: the generations that LMDB does not hold yet, and for a while those that it does,
 * since what was just written is often read, or written again, soon after.
 *
 * Kept besides is what LMDB was asked for again and again: what is read more than once in a while, and what transactions
 * read when it is small, such as the counters of a table, which every write looks at.
 */
export class Changes {
  private readonly keptBytesMax: number
  private readonly images: (Image | undefined)[] = []
  private readonly places = new Places(this.images)
  /** Those that LMDB holds, the oldest first. */
  private readonly kept: Generation[] = []
  private readonly free = Array.from({ length: generationsMax }, (_, at) => generationsMax - 1 - at)
  private readonly spare: Image[] = []
  private readonly seen = new Image()
  /** Of keys that were asked for lately, by their hashes: the rest of the hash. */
  private readonly asked = new Uint16Array(askedSlots)
  /** Of each change that is in no record: where it lies, and where the one before it of the same key did. */
  private undo: number[] = []
  /** Where in `undo` the transaction begins. */
  private begun = 0

  constructor(options: ChangesOptions = {}) {
    this.keptBytesMax = options.keptBytesMax ?? keptBytesUsual
    this.images[seenNumber] = this.seen
  }

  /** Begins a generation. */
  generation(serial: number): Generation {
    const number = this.free.pop()
    if (number === undefined) throw new Error('More generations are in memory than there can be')
    const image = this.spare.pop() ?? new Image()
    image.startOver(serial)
    this.images[number] = image
    const order = new SortedBTree.default<string, undefined>(undefined, byText)
    return { serial, image, number, keys: 0, order, unordered: [] }
  }

  /** Notes that a generation is held by LMDB: from now on it may be forgotten. */
  keep(generation: Generation): void {
    generation.order.clear()
    generation.unordered = []
    this.kept.push(generation)
    let bytes = 0
    for (const { image } of this.kept) bytes += image.bytes.length
    if (bytes > this.keptBytesMax || this.kept.length > keptMax) this.forgetSome(bytes)
  }

  /** Shows the value of a key; undefined when nothing is known of it, null when it was removed. */
  peek<T>(key: Buffer, look: Look<T>): T | null | undefined {
    const slot = this.places.find(key)
    if (slot < 0) return undefined
    return this.images[this.places.imageAt(slot)]?.peek(this.places.at(slot), look)
  }

  /** Notes what becomes of a key; undefined: it is removed. */
  note(generation: Generation, key: Buffer, value: Value | undefined): void {
    const at = generation.image.note(key, value)
    this.undo.push(at, this.place(generation, key, at))
  }

  /** Takes the next record of a generation from what its file holds; false: there is none. */
  take(generation: Generation, contents: Buffer): boolean {
    const { image } = generation
    const from = image.recorded
    if (!image.take(contents)) return false
    image.visit(from, (at) => this.place(generation, image.key(at), at))
    return true
  }

  /** Begins a transaction: {@link rollBack} forgets what is noted after it. */
  begin(): void {
    this.begun = this.undo.length
  }

  rollBack(generation: Generation): void {
    this.takeBack(generation, this.begun)
  }

  /** What was noted lies in a record and stays. */
  commit(): void {
    this.undo.length = 0
  }

  /** Forgets what was noted and lies in no record. */
  forgetNotes(generation: Generation): void {
    this.takeBack(generation, 0)
  }

  /** Whether this was asked of a key a while ago, too: it is then worth keeping what is read for it. */
  isAskedAgain(key: Buffer): boolean {
    const hash = this.places.hash(key)
    const slot = hash & (askedSlots - 1)
    const mark = 1 + (hash >>> askedSlotBits)
    if (this.asked[slot] === mark) return true
    this.asked[slot] = mark
    return false
  }

  /** Keeps a value that was read from LMDB. */
  see(key: Buffer, bytes: Buffer, at: number, end: number): void {
    if (this.seen.used > seenBytesMax) {
      if (this.undo.length > 0) return // of which some may have to be given back
      this.forgetSeen()
    }
    this.places.set(key, seenNumber, this.seen.note(key, bytes.subarray(at, end)))
  }

  /** The last change of each key that a generation changed and that was not changed again after it. */
  of({ image, number }: Generation): Change[] {
    return this.places.in(number).map((at) => image.change(at))
  }

  /** The last changes of those of a range's keys that a generation changed, in the range's order. */
  within({ image, order, keys, unordered }: Generation, { from, to, reverse }: Range): Change[] {
    const found: Change[] = []
    if (keys === 0) return found
    for (const at of unordered.splice(0)) order.set(keyText(image.key(at)), undefined)
    order.forRange(keyText(from), keyText(to), false, (text) => {
      const key = Buffer.from(text, 'latin1')
      const slot = this.places.find(key)
      if (slot < 0) return
      const change = this.images[this.places.imageAt(slot)]?.change(this.places.at(slot))
      if (change !== undefined) found.push(copyOf(change))
    })
    return reverse === true ? found.reverse() : found
  }

  /** Puts a change in its place. @returns where the one before it of its key lies */
  private place(generation: Generation, key: Buffer, at: number): number {
    const before = this.places.set(key, generation.number, at)
    if (imageOf(before) !== generation.number) {
      generation.keys += 1
      generation.unordered.push(at)
    }
    return before
  }

  /** Undoes all that was noted since a place in `undo`. */
  private takeBack(generation: Generation, from: number): void {
    const { image, number, unordered } = generation
    for (let n = this.undo.length - 2; n >= from; n -= 2) {
      const at = this.undo[n] ?? 0
      const before = this.undo[n + 1] ?? nowhere
      this.places.restore(image.key(at), before)
      if (imageOf(before) !== number) generation.keys -= 1
      if (unordered.at(-1) === at) unordered.pop()
      image.cut(at)
    }
    this.undo.length = from
  }

  private forgetSeen(): void {
    this.places.forget([seenNumber])
    this.seen.startOver(0)
  }

  /** Forgets the oldest of the generations that LMDB holds, several at once, because a pass through all keys does it. */
  private forgetSome(bytes: number): void {
    let left = bytes
    const forgotten: number[] = []
    while (left > this.keptBytesMax * share || this.kept.length > keptMax * share) {
      const oldest = this.kept.shift()
      if (oldest === undefined) break
      const { image, number } = oldest
      left -= image.bytes.length
      forgotten.push(number)
      this.images[number] = undefined
      if (image.bytes.length <= spareBytesMax) this.spare.push(image)
    }
    this.places.forget(forgotten)
    this.free.push(...forgotten)
  }
}

/** At most two are not kept. */
const generationsMax = 31
const keptMax = 28
/** How much of that is left when some are forgotten. */
const share = 3 / 4
/** The memory of a larger generation is not used again. */
const spareBytesMax = 4 * 1024 * 1024
const seenNumber = 31
const keptBytesUsual = 16 * 1024 * 1024
const seenBytesMax = 4 * 1024 * 1024
/** As many keys that are asked for in turn are known again; of 26 bits of a hash, a slot and its mark take all. */
const askedSlotBits = 16
const askedSlots = 2 ** askedSlotBits
