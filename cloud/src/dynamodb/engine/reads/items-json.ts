import type { StoredItem } from '../stored-item.ts'

const startBytes = 2 * 1024
const OPEN = 0x5b
const COMMA = 0x2c
const CLOSE = 0x5d

/** A JSON list of items in their wire form, written from their bytes: nothing is decoded on the way. */
export class ItemsJson {
  private bytes = Buffer.allocUnsafe(startBytes)
  private length = 0

  readonly add = ({ wire }: StoredItem): void => {
    const end = this.length + 1 + wire.length
    if (end >= this.bytes.length) this.grow(end + 1)
    this.bytes[this.length] = this.length === 0 ? OPEN : COMMA
    this.bytes.set(wire, this.length + 1)
    this.length = end
  }

  private grow(atLeast: number): void {
    const larger = Buffer.allocUnsafe(Math.max(atLeast, this.bytes.length * 4))
    larger.set(this.bytes.subarray(0, this.length))
    this.bytes = larger
  }

  /** To be called once, last. */
  end(): Buffer {
    if (this.length === 0) this.bytes[this.length++] = OPEN
    this.bytes[this.length++] = CLOSE
    return this.bytes.subarray(0, this.length)
  }
}
