import { open, type RootDatabase } from 'lmdb'
import { inPieces } from './in-pieces.ts'
import { hasAddresses } from './mapped-memory.ts'
import type { Entry, Range } from './store.ts'

/** A write transaction of LMDB. Reads see what was written in it; it ends with one of these. */
export type Transaction = {
  /** LMDB's number: one more than that of the last transaction that was committed and had changed something. */
  readonly id: number
  /** @throws Error when the changes could not be written; they are then lost, as by `abort` */
  readonly commit: () => void
  readonly abort: () => void
}

/** The LMDB file of a store: pages of 8 KB, one unnamed database. */
export class Database {
  /** How often it has been read or written so far. */
  uses = 0
  private readonly file: string
  private readonly flush: boolean
  private readonly coding = new Coding()
  private opened: Lmdb | undefined

  /** @param options.flush each commit waits for the disk */
  constructor(file: string, options: { flush: boolean }) {
    this.file = file
    this.flush = options.flush
    this.opened = this.open()
  }

  get(key: Buffer): Buffer | undefined {
    return this.lmdb.get(key)
  }

  range(over: Range): Iterable<Entry> {
    return inPieces(over, (piece) => (isEmpty(piece) ? [] : this.entries(piece)))
  }

  visit(over: Range, visitor: (value: Buffer) => boolean): void {
    if (isEmpty(over)) return
    const entries = this.entries(over)[Symbol.iterator]()
    try {
      for (;;) {
        this.coding.copies = false
        const next = entries.next()
        this.coding.copies = true // what the visitor reads besides is its own
        if (next.done === true || !visitor(next.value.value)) return
      }
    } finally {
      this.coding.copies = true
      entries.return?.()
    }
  }

  /** Inside a {@link Transaction} only. */
  put(key: Buffer, value: Buffer): void {
    this.lmdb.putSync(key, value)
  }

  /** Inside a {@link Transaction} only. @returns whether there was such a key */
  remove(key: Buffer): boolean {
    return this.lmdb.removeSync(key)
  }

  begin(): Transaction {
    const { lmdb } = this
    let end: { commit: () => void; abort: (reason: unknown) => void } | undefined
    // lmdb keeps the transaction open for as long as the promise lasts that it is given; this one is kept by hand,
    // and at once: what LMDB has to say to a commit is thrown there.
    void lmdb.transactionSync(() => ({
      // oxlint-disable-next-line unicorn/no-thenable
      then(commit: () => void, abort: (reason: unknown) => void) {
        end = { commit, abort }
      },
    }))
    return {
      id: lmdb.getWriteTxnId(),
      commit: () => end?.commit(),
      abort() {
        try {
          end?.abort(undefined)
        } catch {
          // lmdb hands the reason on
        }
      },
    }
  }

  /**
   * Closes the file until it is used again, outside of transactions: pages of it that were read stay in the process's
   * memory, with 100 MB of items 200 MB. (1 ms; the system still has them cached.)
   */
  release(): void {
    void this.opened?.close() // at once: no read or write outlasts a call
    this.opened = undefined
  }

  async close(): Promise<void> {
    await this.opened?.close()
  }

  private get lmdb(): Lmdb {
    this.uses += 1
    return (this.opened ??= this.open())
  }

  private entries({ from, to, reverse }: Range): Iterable<Entry> {
    return reverse === true
      ? this.lmdb.getRange({
          start: to,
          exclusiveStart: true,
          end: from,
          inclusiveEnd: true,
          reverse,
        })
      : this.lmdb.getRange({ start: from, end: to })
  }

  private open(): Lmdb {
    return open<Buffer, Buffer>({
      path: this.file,
      noSubdir: true,
      encoding: 'binary',
      encoder: this.coding.values,
      keyEncoder: this.coding.keys,
      pageSize: pageBytes,
      noSync: !this.flush,
      overlappingSync: false,
      maxReaders: 16,
      // Without it the file is mapped anew each time it outgrows its map, and the old maps stay: twice the memory.
      ...(hasAddresses() ? { mapSize: addressBytes } : {}),
    })
  }
}

type Lmdb = RootDatabase<Buffer, Buffer>

/** Of these, keys may have 4,026 bytes: an index entry holds two sort keys of up to 1 KB. */
const pageBytes = 8192

/** Addresses, not memory. A file that outgrows them is mapped anew after all. */
const addressBytes = 2 ** 36

const isEmpty = ({ from, to }: Range): boolean => Buffer.compare(from, to) >= 0

/**
 * How keys and values come out of lmdb, which reads each into a buffer that it uses again for the next: copied, or, for
 * who only looks at values, as they lie there. (lmdb's own binary coding makes an ArrayBuffer for each: 0.5 µs.)
 */
class Coding {
  copies = true

  readonly values = {
    encode: (value: Buffer): Buffer => value,
    decode: (bytes: Buffer): Buffer => {
      const value = bytes.subarray(0, bytes.length)
      return this.copies ? copyOf(value) : value
    },
  }

  readonly keys = {
    writeKey(key: Buffer, target: Uint8Array, start: number): number {
      target.set(key, start)
      return start + key.length
    },
    readKey: (target: Buffer, start: number, end: number): Buffer =>
      this.copies ? copyOf(target.subarray(start, end)) : noKey,
  }
}

const noKey = Buffer.alloc(0)

function copyOf(bytes: Buffer): Buffer {
  const copy = Buffer.allocUnsafe(bytes.length)
  copy.set(bytes)
  return copy
}
