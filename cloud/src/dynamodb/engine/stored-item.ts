import { isAscii } from 'node:buffer'
import { bytesOf, type Composition, type Value } from '../../storage/index.ts'
import { plainMapLength, writePlainMap } from './plain-json.ts'
import type { Item } from './values/index.ts'

/**
 * An item as it lies in the store:
 *
 *     size u32    the size that DynamoDB counts, for pages and capacity, known without parsing
 *     text …      the item's wire form in UTF-8, {"id":{"S":"1"}}, its numbers normalised
 *
 * An answer without projection or filter copies `text` to the wire; it is parsed on demand only.
 */
export class StoredItem {
  private held: Buffer
  private length: number
  private parsed: Item | undefined
  /** What its bytes are made of, until they are asked for. */
  private making: Making | undefined

  /** @param held its first `length` bytes are the item; what follows them is not its own */
  constructor(held: Buffer, length = held.length, parsed?: Item, making?: Making) {
    this.held = held
    this.length = length
    this.parsed = parsed
    this.making = making
  }

  /** One that is to be changed, read without a copy of its bytes: it lies in a buffer of the store's, from `at` to `end`. */
  static read(bytes: Buffer, at: number, end: number): StoredItem {
    const text = bytes.toString('utf8', at + headerBytes, end)
    const making = new TextMaking(sizeOfStored(bytes, at), text, end - at)
    return new StoredItem(nothing, 0, undefined, making)
  }

  /** For the store. */
  get value(): Value {
    return this.making ?? this.bytes
  }

  /** As it lies in the store. */
  get bytes(): Buffer {
    this.make()
    return this.held.length === this.length ? this.held : this.held.subarray(0, this.length)
  }

  /** DynamoDB's item size in bytes. */
  get size(): number {
    return this.making?.size ?? sizeOfStored(this.held, 0)
  }

  /** The wire form. */
  get text(): string {
    if (this.making?.text !== undefined) return this.making.text
    this.make()
    return this.held.toString('utf8', headerBytes, this.length)
  }

  /** The wire form in UTF-8. */
  get wire(): Buffer {
    this.make()
    return this.held.subarray(headerBytes, this.length)
  }

  get wireBytes(): number {
    this.make()
    return this.length - headerBytes
  }

  /** Puts the wire form into a buffer that has room for it. */
  copyWire(target: Buffer, at: number): void {
    this.make()
    target.set(wireOf(this.held, this.length), at)
  }

  /** Whether it is all ASCII without an escape. */
  get isPlain(): boolean {
    return this.making?.isPlain ?? (isAscii(this.wire) && !this.wire.includes(BACKSLASH))
  }

  /** For one that is kept beyond the visit in which it was shown. */
  copy(): StoredItem {
    return new StoredItem(Buffer.from(this.bytes))
  }

  /** The parsed item. Shared: never change it. */
  get item(): Item {
    this.parsed ??= JSON.parse(this.text) as Item // written by `storedItem` from a checked item
    return this.parsed
  }

  private make(): void {
    if (this.making === undefined) return
    this.held = bytesOf(this.making)
    this.length = this.held.length
    this.making = undefined
  }
}

/** The size of an item that lies in a buffer. */
export const sizeOfStored = (bytes: Buffer, at: number): number => bytes.readUInt32BE(at)

const headerBytes = 4

const BACKSLASH = 0x5c
const nothing = Buffer.alloc(0)

/**
 * An item that is not in the store yet: its bytes are made where they are to lie.
 *
 * @param size the item's size as `itemSize` counts it
 * @param isPlain every string in it is ASCII and needs no escape in JSON: it is then written in a third of the time
 */
export function storedItem(item: Item, size: number, isPlain: boolean): StoredItem {
  const making = isPlain ? new PlainMaking(size, item) : new TextMaking(size, JSON.stringify(item))
  return new StoredItem(nothing, 0, item, making)
}

type Making = Composition & {
  readonly size: number
  readonly text?: string | undefined
  readonly isPlain: boolean
}

class TextMaking implements Making {
  readonly size: number
  readonly text: string
  private readonly length: number | undefined

  constructor(size: number, text: string, length?: number) {
    this.size = size
    this.text = text
    this.length = length
  }

  get byteLength(): number {
    return this.length ?? headerBytes + Buffer.byteLength(this.text)
  }

  get isPlain(): boolean {
    return this.text.length === this.byteLength - headerBytes && !this.text.includes('\\')
  }

  writeTo(target: Buffer, at: number): void {
    target.writeUInt32BE(this.size, at)
    target.write(this.text, at + headerBytes)
  }
}

class PlainMaking implements Making {
  readonly size: number
  readonly text = undefined
  readonly isPlain = true
  private readonly item: Item

  constructor(size: number, item: Item) {
    this.size = size
    this.item = item
  }

  get byteLength(): number {
    return headerBytes + plainMapLength(this.item)
  }

  writeTo(target: Buffer, at: number): void {
    target.writeUInt32BE(this.size, at)
    writePlainMap(target, at + headerBytes, this.item)
  }
}

/** Where the wire form of what a buffer begins with lies. */
function wireOf(held: Buffer, length: number): Uint8Array {
  if (held.length === length || length >= viewLengths) return held.subarray(headerBytes, length)
  if (held !== viewed) {
    views.fill(undefined)
    viewed = held
  }
  return (views[length] ??= held.subarray(headerBytes, length))
}

const viewLengths = 2048
/**
 * Views of the buffer in which the store shows one item after the other, by their lengths: to make one for each item
 * took a twentieth of a Query.
 */
const views: (Uint8Array | undefined)[] = Array.from({ length: viewLengths })
let viewed: Buffer | undefined
