/**
 * The log of one execution environment, in shared memory: what a function wrote is there for the cloud even
 * when the thread loops for ever or is killed, and writing a line costs no message.
 *
 *     words 0..3   head | tail | lost | –             Int32, bytes written and read, both modulo 2^31
 *     bytes 16…    entries, wrapping around the end:
 *                  length (u32) | timestamp (f64, ms) | text (UTF-8)
 */
const HEAD = 0
const TAIL = 1
const LOST = 2
const BODY = 16
const ENTRY_HEADER = 12
/** Positions count on and on; they wrap here, at a multiple of every ring's size. */
const POSITION_MASK = 0x3fffffff
/** Longer lines are cut: CloudWatch Logs splits events at 256 KB as well. */
const LINE_BYTES_MAX = 128 * 1024
/** How long a writer waits for a reader to make room before it drops a line. */
const WAIT_MS = 2_000

export type LogEvent = { readonly timestamp: number; readonly message: string }

/** Makes a ring of `2^k` bytes of entries. */
export const createLogRing = (bytes: number): SharedArrayBuffer =>
  new SharedArrayBuffer(BODY + bytes)

/** The environment's end. */
export class LogRingWriter {
  readonly #words: Int32Array
  readonly #bytes: Uint8Array
  readonly #size: number
  readonly #encoder = new TextEncoder()
  readonly #scratch = new Uint8Array(ENTRY_HEADER + LINE_BYTES_MAX)
  readonly #view = new DataView(this.#scratch.buffer)
  readonly #half: () => void
  #announced = 0

  /** @param half called when half of the ring is waiting to be read */
  constructor(ring: SharedArrayBuffer, half: () => void) {
    this.#words = new Int32Array(ring, 0, 4)
    this.#bytes = new Uint8Array(ring, BODY)
    this.#size = this.#bytes.length
    this.#half = half
  }

  /** Appends one line. Waits a little for a reader when the ring is full, then drops the line and counts it. */
  write(timestamp: number, text: string): void {
    const { written } = this.#encoder.encodeInto(text, this.#scratch.subarray(ENTRY_HEADER))
    const total = ENTRY_HEADER + written
    this.#view.setUint32(0, written)
    this.#view.setFloat64(4, timestamp)
    let head = Atomics.load(this.#words, HEAD)
    if (!this.#makeRoom(head, total)) {
      Atomics.add(this.#words, LOST, 1)
      return
    }
    const at = head % this.#size
    const first = Math.min(total, this.#size - at)
    this.#bytes.set(this.#scratch.subarray(0, first), at)
    if (first < total) this.#bytes.set(this.#scratch.subarray(first, total), 0)
    head = (head + total) & POSITION_MASK
    Atomics.store(this.#words, HEAD, head)
    this.#announce(head)
  }

  #makeRoom(head: number, total: number): boolean {
    for (let tries = 0; tries < 2; tries++) {
      const tail = Atomics.load(this.#words, TAIL)
      if (((head - tail) & POSITION_MASK) + total <= this.#size) return true
      if (tries > 0) return false
      this.#half()
      Atomics.wait(this.#words, TAIL, tail, WAIT_MS)
    }
    return false
  }

  #announce(head: number): void {
    if (((head - this.#announced) & POSITION_MASK) < this.#size / 2) return
    this.#announced = head
    this.#half()
  }
}

/** The cloud's end. */
export class LogRingReader {
  readonly #words: Int32Array
  readonly #bytes: Buffer
  readonly #size: number

  constructor(ring: SharedArrayBuffer) {
    this.#words = new Int32Array(ring, 0, 4)
    this.#bytes = Buffer.from(ring, BODY)
    this.#size = this.#bytes.length
  }

  /** Takes everything that has been written, oldest first. */
  drain(): LogEvent[] {
    const events: LogEvent[] = []
    const head = Atomics.load(this.#words, HEAD)
    let tail = Atomics.load(this.#words, TAIL)
    if (tail === head) return events
    while (tail !== head) {
      const header = this.#slice(tail, ENTRY_HEADER)
      const length = header.readUInt32BE(0)
      const text = this.#slice(tail + ENTRY_HEADER, length)
      events.push({ timestamp: header.readDoubleBE(4), message: text.toString('utf8') })
      tail = (tail + ENTRY_HEADER + length) & POSITION_MASK
    }
    Atomics.store(this.#words, TAIL, tail)
    Atomics.notify(this.#words, TAIL)
    return events
  }

  /** How many lines were dropped since the last call. */
  takeLost(): number {
    return Atomics.exchange(this.#words, LOST, 0)
  }

  #slice(position: number, length: number): Buffer {
    const at = position % this.#size
    if (at + length <= this.#size) return this.#bytes.subarray(at, at + length)
    const first = this.#bytes.subarray(at, this.#size)
    return Buffer.concat([first, this.#bytes.subarray(0, length - first.length)])
  }
}
