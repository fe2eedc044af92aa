import { bytesOf, type Composition, type Value } from '../../storage/index.ts'
import type { AttributeValue, Item } from './values/index.ts'

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
  /** What a new item's bytes are made of, until they are asked for. */
  private making: Making | undefined

  /** @param held its first `length` bytes are the item; what follows them is not its own */
  constructor(held: Buffer, length = held.length, parsed?: Item, making?: Making) {
    this.held = held
    this.length = length
    this.parsed = parsed
    this.making = making
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
    this.held.copy(target, at, headerBytes, this.length)
  }

  /** Whether no string in it has an escape. */
  get isPlain(): boolean {
    return !this.bytes.includes(BACKSLASH, headerBytes)
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
 * @param isPlain no string in it needs an escape in JSON: it is then written without looking for any, in half the time
 */
export function storedItem(item: Item, size: number, isPlain: boolean): StoredItem {
  const making = new Making(size)
  if (isPlain) making.addMap(item)
  else making.text = JSON.stringify(item)
  return new StoredItem(nothing, 0, item, making)
}

/** The text of an item, in pieces: long strings as they came, what is between them put together. */
class Making implements Composition {
  readonly size: number
  /** The last piece. */
  text = ''
  private readonly pieces: string[] = []

  constructor(size: number) {
    this.size = size
  }

  get byteLength(): number {
    let bytes = headerBytes + Buffer.byteLength(this.text)
    for (const piece of this.pieces) bytes += Buffer.byteLength(piece)
    return bytes
  }

  writeTo(target: Buffer, at: number): void {
    target.writeUInt32BE(this.size, at)
    let end = at + headerBytes
    for (const piece of this.pieces) end += target.write(piece, end)
    target.write(this.text, end)
  }

  /** As JSON.stringify of a map in which no string needs an escape. */
  addMap(item: Item): void {
    let opening = '{"'
    for (const name of Object.keys(item)) {
      const value = item[name]
      if (value === undefined) continue
      this.text += `${opening}${name}":`
      this.addValue(value)
      opening = ',"'
    }
    this.text += opening === '{"' ? '{}' : '}'
  }

  private addValue(value: AttributeValue): void {
    if ('S' in value) this.addString(value.S)
    else if ('N' in value) this.text += `{"N":"${value.N}"}`
    else if ('M' in value) {
      this.text += '{"M":'
      this.addMap(value.M)
      this.text += '}'
    } else if ('L' in value) {
      let opening = '{"L":['
      for (const member of value.L) {
        this.text += opening
        this.addValue(member)
        opening = ','
      }
      this.text += opening === ',' ? ']}' : '{"L":[]}'
    } else this.text += JSON.stringify(value)
  }

  private addString(text: string): void {
    if (text.length < pieceCharacters) {
      this.text += `{"S":"${text}"}`
      return
    }
    this.pieces.push(`${this.text}{"S":"`, text)
    this.text = '"}'
  }
}

/** A shorter string is sooner copied than written by itself. */
const pieceCharacters = 200
