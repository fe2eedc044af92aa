/**
 * Durations counted in buckets whose width grows with the value, as HdrHistogram has them: up to 256 µs a bucket
 * is 1 µs wide, and above that never more than 1/256 (0.4 %) of the value. Adding is one increment; histograms of
 * other seconds, workers and runs are merged without loss.
 *
 *     bucket       0 … 255      256 … 383     384 … 511     …
 *     value in µs  0 … 255      256 … 511     512 … 1023    …
 *     width in µs  1            2             4             …
 */
const FINE_BITS = 8
const FINE = 1 << FINE_BITS
const HALF = FINE >> 1
/** 2^32 µs: 71 minutes. What lasts longer is counted as that. */
const MICROSECONDS_MAX = 2 ** 32 - 1
const BUCKETS = FINE + (32 - FINE_BITS) * HALF

/** Pairs of bucket and count, flat, only of buckets in use: what is stored and sent. */
export type Counts = readonly number[]

function bucketOf(microseconds: number): number {
  if (microseconds < FINE) return microseconds
  const exponent = 31 - Math.clz32(microseconds) - (FINE_BITS - 1)
  return exponent * HALF + (microseconds >>> exponent)
}

/** The middle of a bucket in µs. */
function valueOf(bucket: number): number {
  if (bucket < FINE) return bucket
  const exponent = Math.floor(bucket / HALF) - 1
  const start = (bucket - exponent * HALF) * 2 ** exponent
  return start + (2 ** exponent - 1) / 2
}

export class Histogram {
  readonly #buckets = new Float64Array(BUCKETS)
  #count = 0
  #sumMs = 0
  #maxMs = 0

  get count(): number {
    return this.#count
  }

  get maxMs(): number {
    return this.#maxMs
  }

  /** NaN when nothing was counted. */
  get averageMs(): number {
    return this.#sumMs / this.#count
  }

  add(ms: number): void {
    const microseconds = Math.min(MICROSECONDS_MAX, Math.max(0, Math.round(ms * 1000)))
    const bucket = bucketOf(microseconds)
    this.#buckets[bucket] = (this.#buckets[bucket] ?? 0) + 1
    this.#count++
    this.#sumMs += ms
    if (ms > this.#maxMs) this.#maxMs = ms
  }

  /** Adds what another histogram counted; `times` counts it that often. */
  merge(other: HistogramData, times = 1): void {
    const { counts } = other
    for (let at = 0; at < counts.length; at += 2) {
      const bucket = counts[at] ?? 0
      this.#buckets[bucket] = (this.#buckets[bucket] ?? 0) + (counts[at + 1] ?? 0) * times
    }
    this.#count += other.count * times
    this.#sumMs += other.sumMs * times
    this.#maxMs = Math.max(this.#maxMs, other.maxMs)
  }

  /**
   * The value that `share` (0 to 1) of all values do not exceed, to 0.4 %.
   *
   * @returns ms; NaN when nothing was counted
   */
  percentileMs(share: number): number {
    if (this.#count === 0) return Number.NaN
    const rank = Math.max(1, Math.ceil(share * this.#count))
    let seen = 0
    for (let bucket = 0; bucket < BUCKETS; bucket++) {
      seen += this.#buckets[bucket] ?? 0
      if (seen >= rank) return Math.min(valueOf(bucket) / 1000, this.#maxMs)
    }
    return this.#maxMs
  }

  data(): HistogramData {
    const counts: number[] = []
    for (let bucket = 0; bucket < BUCKETS; bucket++) {
      const count = this.#buckets[bucket] ?? 0
      if (count > 0) counts.push(bucket, count)
    }
    return { count: this.#count, sumMs: this.#sumMs, maxMs: this.#maxMs, counts }
  }

  clear(): void {
    if (this.#count === 0) return
    this.#buckets.fill(0)
    this.#count = 0
    this.#sumMs = 0
    this.#maxMs = 0
  }
}

/** A histogram as it is stored and sent. */
export type HistogramData = {
  readonly count: number
  readonly sumMs: number
  readonly maxMs: number
  readonly counts: Counts
}

export const noDurations: HistogramData = { count: 0, sumMs: 0, maxMs: 0, counts: [] }

export function merged(all: Iterable<HistogramData>): Histogram {
  const whole = new Histogram()
  for (const each of all) whole.merge(each)
  return whole
}

/** A bucket's middle in ms with its count, in order: for charts. */
export const bucketsOf = (data: HistogramData): { ms: number; count: number }[] => {
  const found: { ms: number; count: number }[] = []
  for (let at = 0; at < data.counts.length; at += 2) {
    found.push({ ms: valueOf(data.counts[at] ?? 0) / 1000, count: data.counts[at + 1] ?? 0 })
  }
  return found
}
