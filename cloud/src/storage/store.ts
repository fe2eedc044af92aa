import { AwsError } from '../kernel/index.ts'

/** An ordered key-value store: keys compare as unsigned bytes, keys ≤ {@link keyBytesMax}, values any size. */
export type Store = {
  /** Reads committed data. Synchronous: two reads without an `await` between them see the same state. */
  readonly reader: CommittedReader
  /**
   * Runs `work` inside a write transaction: all that it writes is kept, or nothing if it throws. `work` is
   * synchronous, runs exactly once and alone; it must not change any other state (maps, counters) because the
   * transaction can still fail when it is committed. Do that after the promise has resolved.
   *
   * Resolves with what `work` returned once the writes survive `kill -9` of this process (and, with
   * durability `flush`, a loss of power).
   *
   * @throws whatever `work` threw; StorageError when the writes could not be stored
   */
  readonly write: <T>(work: (writer: Writer) => T) => Promise<T>
  /** Finishes what was queued, then closes. */
  readonly close: () => Promise<void>
}

export type Reader = {
  readonly get: (key: Buffer) => Buffer | undefined
  /** What `look` makes of a value, which need not be copied for it; undefined when there is none. */
  readonly peek: <T>(key: Buffer, look: Look<T>) => T | undefined
  /** Entries in key order (or against it). In a transaction, never write while iterating: collect first. */
  readonly range: (range: Range) => Iterable<Entry>
}

export type CommittedReader = Reader & {
  /**
   * Shows the values of a range in key order, without copying them, until `visit` answers false.
   */
  readonly visit: (range: Range, visit: Visitor) => void
}

/** Is shown a value: what lies in `bytes` from `at` to `end`, until it returns. What is to be kept must be copied. */
export type Look<T> = (bytes: Buffer, at: number, end: number) => T

/**
 * Is shown a value: the first `length` of `bytes`. They hold only until it returns or reads something else: what is to
 * be kept must be copied. It answers whether it wants another.
 */
export type Visitor = (bytes: Buffer, length: number) => boolean

export type Writer = Reader & {
  /** The store keeps the buffers: they are not to be changed any more. */
  readonly put: (key: Buffer, value: Value) => void
  readonly remove: (key: Buffer) => void
}

/** What is put into a store: bytes, or what can be written where they are to lie. */
export type Value = Buffer | Composition

export type Composition = {
  readonly byteLength: number
  /** Writes so many bytes into a buffer that has room for them. */
  readonly writeTo: (target: Buffer, at: number) => void
}

/** As a buffer of its own. */
export function bytesOf(value: Value): Buffer {
  if (Buffer.isBuffer(value)) return value
  const bytes = Buffer.allocUnsafe(value.byteLength)
  value.writeTo(bytes, 0)
  return bytes
}

/** Keys k with from ≤ k < to; `reverse` starts at the upper end. */
export type Range = {
  readonly from: Buffer
  readonly to: Buffer
  readonly reverse?: boolean
}

export type Entry = { readonly key: Buffer; readonly value: Buffer }

/** LMDB with pages of 8 KB takes keys up to this many bytes; the memory store keeps to the same. */
export const keyBytesMax = 4026

/**
 * The store could not do its work: disk full, folder in use, another format. The message says what to do. For a client
 * of a service it is an InternalServerError, which SDKs try again.
 */
export class StorageError extends AwsError {
  constructor(message: string, options: { cause?: unknown } = {}) {
    super('InternalServerError', message, { ...options, status: 500 })
  }
}
