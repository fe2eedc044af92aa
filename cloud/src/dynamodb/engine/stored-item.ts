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
  private readonly held: Buffer
  private readonly length: number
  private parsed: Item | undefined

  /** @param held its first `length` bytes are the item; what follows them is not its own */
  constructor(held: Buffer, length = held.length, parsed?: Item) {
    this.held = held
    this.length = length
    this.parsed = parsed
  }

  /** As it lies in the store. */
  get bytes(): Buffer {
    return this.held.length === this.length ? this.held : this.held.subarray(0, this.length)
  }

  /** DynamoDB's item size in bytes. */
  get size(): number {
    return this.held.readUInt32BE(0)
  }

  /** The wire form. */
  get text(): string {
    return this.held.toString('utf8', headerBytes, this.length)
  }

  /** The wire form in UTF-8. */
  get wire(): Buffer {
    return this.held.subarray(headerBytes, this.length)
  }

  get wireBytes(): number {
    return this.length - headerBytes
  }

  /** Puts the wire form into a buffer that has room for it. */
  copyWire(target: Buffer, at: number): void {
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
}

/** The size of an item that lies in a buffer. */
export const sizeOfStored = (bytes: Buffer, at: number): number => bytes.readUInt32BE(at)

const headerBytes = 4
const BACKSLASH = 0x5c

/**
 * @param size the item's size as `itemSize` counts it
 * @param isPlain no string in it needs an escape in JSON: it is then written without looking for any, in half the time
 */
export function storedItem(item: Item, size: number, isPlain: boolean): StoredItem {
  const text = isPlain ? plainText(item) : JSON.stringify(item)
  const bytes = Buffer.allocUnsafe(headerBytes + Buffer.byteLength(text))
  bytes.writeUInt32BE(size, 0)
  bytes.write(text, headerBytes, 'utf8')
  return new StoredItem(bytes, bytes.length, item)
}

/** JSON.stringify of an item in which no string needs an escape. */
function plainText(item: Item): string {
  let text = ''
  for (const name of Object.keys(item)) {
    const value = item[name]
    if (value !== undefined) text += `${text === '' ? '{"' : ',"'}${name}":${plainValue(value)}`
  }
  return text === '' ? '{}' : `${text}}`
}

function plainValue(value: AttributeValue): string {
  if ('S' in value) return `{"S":"${value.S}"}`
  if ('N' in value) return `{"N":"${value.N}"}`
  if ('M' in value) return `{"M":${plainText(value.M)}}`
  if ('L' in value) return `{"L":[${value.L.map(plainValue).join(',')}]}`
  return JSON.stringify(value)
}
