import { JsonText } from '../../../kernel/index.ts'
import type { StoredItem } from '../stored-item.ts'

const opening = Buffer.from('{"Items":[')
const COMMA = 0x2c
const startBytes = 4 * 1024

/**
 * The answer of Query or Scan, `{"Items":[…],"Count":…}`, put together from the items' bytes: nothing is decoded on the
 * way from the store to the wire, and each item is copied once.
 */
export class PageJson {
  private bytes = Buffer.allocUnsafe(startBytes)
  private length = opening.length

  constructor() {
    this.bytes.set(opening)
  }

  readonly add = ({ wire }: StoredItem): void => {
    this.reserve(wire.length + 1)
    if (this.length > opening.length) this.bytes[this.length++] = COMMA
    this.bytes.set(wire, this.length)
    this.length += wire.length
  }

  /** To be called once, last, with the other members of the answer, of which there is at least one. */
  end(rest: object): JsonText {
    const closing = `],${JSON.stringify(rest).slice(1)}`
    this.reserve(Buffer.byteLength(closing))
    this.length += this.bytes.write(closing, this.length)
    return new JsonText(this.bytes.subarray(0, this.length))
  }

  private reserve(count: number): void {
    const needed = this.length + count
    if (needed <= this.bytes.length) return
    const larger = Buffer.allocUnsafe(Math.max(needed, this.bytes.length * 2))
    larger.set(this.bytes.subarray(0, this.length))
    this.bytes = larger
  }
}
