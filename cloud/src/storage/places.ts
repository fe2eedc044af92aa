import type { Image } from './image.ts'

/**
 * Where the last change of each key lies: a hash table whose slots point into the images, where the keys are. Nothing in
 * it is an object, so tens of thousands of keys cost the garbage collector nothing. (Maps of keys as text took a twelfth of
 * an UpdateItem.)
 */
export class Places {
  private readonly images: readonly (Image | undefined)[]
  /** Of each slot: 26 bits of its key's hash, 5 for the image; 0: it is empty. A key lies in the first one from its hash on. */
  private marks = new Int32Array(slotsFirst)
  private ats = new Uint32Array(slotsFirst)
  private count = 0
  /** The key that was found last, for as long as its slot is the same: a write nearly always follows a look. */
  private lastKey: Buffer | undefined
  private lastSlot = 0
  private lastHash = 0

  /** @param images by their numbers */
  constructor(images: readonly (Image | undefined)[]) {
    this.images = images
  }

  /** Of how many keys there are places. */
  get size(): number {
    return this.count
  }

  /** @returns the slot of a key; below 0: it has none */
  find(key: Buffer): number {
    if (key === this.lastKey) return this.lastSlot
    this.lastHash = hashOf(key)
    this.lastSlot = this.slotOf(key, this.lastHash)
    this.lastKey = key
    return this.lastSlot
  }

  /** Of a key: 26 bits, never 0. */
  hash(key: Buffer): number {
    this.find(key)
    return this.lastHash
  }

  imageAt(slot: number): number {
    return (this.marks[slot] ?? 0) & imageMax
  }

  at(slot: number): number {
    return this.ats[slot] ?? 0
  }

  /**
   * Gives a key's last change another place.
   *
   * @returns the one before, as `restore` takes it
   */
  set(key: Buffer, image: number, at: number): number {
    let slot = this.find(key)
    let before = nowhere
    if (slot >= 0) before = this.at(slot) * images + this.imageAt(slot)
    else {
      slot = ~slot
      this.count += 1
      this.lastKey = undefined
    }
    this.marks[slot] = this.lastHash * images + image
    this.ats[slot] = at
    if (2 * this.count > this.marks.length) this.layOut(2 * this.marks.length, 0)
    return before
  }

  /** Gives a key the place that it had before, as `set` told it. */
  restore(key: Buffer, before: number): void {
    const slot = this.find(key)
    if (slot < 0) return
    if (before === nowhere) {
      this.empty(slot)
      return
    }
    this.marks[slot] = this.lastHash * images + (before % images)
    this.ats[slot] = Math.floor(before / images)
  }

  /** The places in one image. */
  in(image: number): number[] {
    const found: number[] = []
    for (let slot = 0; slot < this.marks.length; slot++) {
      const mark = this.marks[slot] ?? 0
      if (mark !== 0 && (mark & imageMax) === image) found.push(this.at(slot))
    }
    return found
  }

  /** Forgets the keys whose last change lies in one of some images. */
  forget(these: Iterable<number>): void {
    let set = 0
    for (const image of these) set |= 1 << image
    this.layOut(this.marks.length, set)
  }

  /** @returns the slot of a key, or, below 0, the complement of the one that it would get */
  private slotOf(key: Buffer, hash: number): number {
    const { marks } = this
    const last = marks.length - 1
    for (let slot = hash & last; ; slot = (slot + 1) & last) {
      const mark = marks[slot] ?? 0
      if (mark === 0) return ~slot
      if (mark >>> imageBits !== hash) continue
      if (this.images[mark & imageMax]?.isOf(this.at(slot), key) === true) return slot
    }
  }

  /** Those that follow are moved up, so that no search ends before it should. */
  private empty(slot: number): void {
    const { marks, ats } = this
    const last = marks.length - 1
    let hole = slot
    for (let next = (hole + 1) & last; marks[next] !== 0; next = (next + 1) & last) {
      const mark = marks[next] ?? 0
      const wanted = (mark >>> imageBits) & last
      if (((next - wanted) & last) < ((next - hole) & last)) continue
      marks[hole] = mark
      ats[hole] = ats[next] ?? 0
      hole = next
    }
    marks[hole] = 0
    this.count -= 1
    this.lastKey = undefined
  }

  /** Lays the slots out anew, but for those of a set of images: a pass through all takes less than to look for each. */
  private layOut(slots: number, without: number): void {
    const { marks, ats } = this
    this.marks = new Int32Array(slots)
    this.ats = new Uint32Array(slots)
    this.count = 0
    this.lastKey = undefined
    for (let from = 0; from < marks.length; from++) {
      const mark = marks[from] ?? 0
      if (mark === 0 || ((without >>> (mark & imageMax)) & 1) === 1) continue
      let slot = (mark >>> imageBits) & (slots - 1)
      while (this.marks[slot] !== 0) slot = (slot + 1) & (slots - 1)
      this.marks[slot] = mark
      this.ats[slot] = ats[from] ?? 0
      this.count += 1
    }
  }
}

/** The place of a key that has none. */
export const nowhere = -1

/** Of a place that `Places.set` told, the image. */
export const imageOf = (place: number): number => (place === nowhere ? nowhere : place % images)

const slotsFirst = 2048
const imageBits = 5
const images = 2 ** imageBits
const imageMax = images - 1

/** 26 bits, never 0. */
function hashOf(key: Buffer): number {
  const { length } = key
  let hash = length
  let at = 0
  for (; at + 3 < length; at += 4) {
    const four =
      (key[at] ?? 0) |
      ((key[at + 1] ?? 0) << 8) |
      ((key[at + 2] ?? 0) << 16) |
      ((key[at + 3] ?? 0) << 24)
    hash = Math.imul(hash ^ four, 0x9e3779b1)
    hash ^= hash >>> 15
  }
  for (; at < length; at++) hash = Math.imul(hash ^ (key[at] ?? 0), 0x85ebca6b)
  hash = Math.imul(hash ^ (hash >>> 16), 0xc2b2ae35)
  return (hash ^ (hash >>> 15)) & 0x3ffffff || 1
}
