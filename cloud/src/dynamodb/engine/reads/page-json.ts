import { JsonText } from '../../../kernel/index.ts'
import type { StoredItem } from '../stored-item.ts'

const opening = Buffer.from('{"Items":[')
const COMMA = 0x2c

/** Memory of pages that were sent: new memory for each took a fifth of the time of a Query of 20 KB. */
const free: Buffer[] = []
const freeMax = 4
const pageBytes = 64 * 1024
/** A larger page's memory is not kept. */
const keptBytesMax = 256 * 1024

function giveBack(page: Buffer): void {
  if (free.length < freeMax && page.length <= keptBytesMax) free.push(page)
}

/**
 * The answer of Query or Scan, `{"Items":[…],"Count":…}`, put together from the items' bytes: nothing is decoded on the
 * way from the store to the wire.
 */
export class PageJson {
  private bytes = free.pop() ?? Buffer.allocUnsafeSlow(pageBytes)
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
    const { bytes } = this
    return new JsonText(bytes.subarray(0, this.length), () => giveBack(bytes))
  }

  private reserve(count: number): void {
    const needed = this.length + count
    if (needed <= this.bytes.length) return
    const larger = Buffer.allocUnsafeSlow(Math.max(needed, this.bytes.length * 2))
    larger.set(this.bytes.subarray(0, this.length))
    giveBack(this.bytes)
    this.bytes = larger
  }
}
