import { JsonText } from '../../../kernel/index.ts'
import type { StoredItem } from '../stored-item.ts'

const opening = Buffer.from('{"Items":[')
const COMMA = 0x2c

/**
 * Where pages are put together, one after the other: a new buffer for each, and larger ones until it fits, took an
 * eighth of the time of a Query of 20 KB.
 */
let workplace = Buffer.allocUnsafeSlow(64 * 1024)
/** A larger page's workplace is not kept. */
const workplaceKeptBytes = 256 * 1024

/**
 * The answer of Query or Scan, `{"Items":[…],"Count":…}`, put together from the items' bytes: nothing is decoded on the
 * way from the store to the wire. Between the first `add` and `end` no other page may be put together: reading a page
 * is synchronous.
 */
export class PageJson {
  private bytes = workplace
  private length = opening.length

  constructor() {
    this.bytes.set(opening)
  }

  readonly add = (item: StoredItem): void => {
    const { wireBytes } = item
    this.reserve(wireBytes + 1)
    if (this.length > opening.length) this.bytes[this.length++] = COMMA
    item.copyWire(this.bytes, this.length)
    this.length += wireBytes
  }

  /** To be called once, last, with the other members of the answer, of which there is at least one. */
  end(rest: object): JsonText {
    const closing = `],${JSON.stringify(rest).slice(1)}`
    this.reserve(Buffer.byteLength(closing))
    this.length += this.bytes.write(closing, this.length)
    const page = Buffer.allocUnsafe(this.length)
    page.set(this.bytes.subarray(0, this.length))
    return new JsonText(page)
  }

  private reserve(count: number): void {
    const needed = this.length + count
    if (needed <= this.bytes.length) return
    const larger = Buffer.allocUnsafeSlow(Math.max(needed, this.bytes.length * 2))
    larger.set(this.bytes.subarray(0, this.length))
    if (larger.length <= workplaceKeptBytes) workplace = larger
    this.bytes = larger
  }
}
