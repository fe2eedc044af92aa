/** Whether memory grew over the second half of a run, when the process has long been warm. */
export type Trend = {
  readonly kind: 'flat' | 'grows' | 'unclear'
  /** Growth over the second half by the fitted line, and its 95 % interval, in MB. */
  readonly growthMb: number
  readonly growthInterval: readonly [low: number, high: number]
  /** The middle of the half's first fifth (a tenth of the run) and of its last. */
  readonly beforeMb: number
  readonly afterMb: number
  /** Growth up to this counts as none. */
  readonly toleratedMb: number
}

/** Garbage comes and goes within a block; its middle stays. */
const BLOCKS = 24
const TENTH = Math.round(BLOCKS / 5)
/** Of the memory that is taken. */
const TOLERATED_SHARE = 0.05

/**
 * Judges values taken at even times. A line is fitted to the middles of 24 blocks of the second half. Blocks that
 * follow each other are alike, which would make the interval look narrower than it is: it is widened by how
 * alike they are (the effective number of blocks, n (1 − r) / (1 + r), r between neighbours).
 *
 * Flat: even the upper end of the interval is within 5 %, and so is the last tenth of the run against the tenth in
 * its middle. Growing: even the lower end is above 5 %, or growth is certain and the last tenth says so too.
 *
 * @throws Error when there are fewer than two values a block
 */
export function trendOf(values: readonly number[]): Trend {
  const half = values.slice(values.length >> 1)
  if (half.length < 2 * BLOCKS) {
    throw new Error(`${half.length} values are too few for a trend: ${2 * BLOCKS} are wanted.`)
  }
  const middles = Array.from({ length: BLOCKS }, (_, block) =>
    medianOf(half.slice(place(block, half.length), place(block + 1, half.length))),
  )
  const { slope, error } = fitted(middles)
  const growthMb = slope * BLOCKS
  const spread = error * BLOCKS
  const [beforeMb, afterMb] = [medianOf(middles.slice(0, TENTH)), medianOf(middles.slice(-TENTH))]
  const toleratedMb = TOLERATED_SHARE * medianOf(middles)
  const [low, high] = [growthMb - spread, growthMb + spread]
  const endsHigher = afterMb - beforeMb > toleratedMb
  const kind =
    low > toleratedMb || (low > 0 && endsHigher)
      ? 'grows'
      : high <= toleratedMb && !endsHigher
        ? 'flat'
        : 'unclear'
  return { kind, growthMb, growthInterval: [low, high], beforeMb, afterMb, toleratedMb }
}

const place = (block: number, length: number): number => Math.round((block * length) / BLOCKS)

/** The line through values at 0, 1, 2 …: its slope, and half the width of the slope's 95 % interval. */
function fitted(values: readonly number[]): { slope: number; error: number } {
  const n = values.length
  const meanX = (n - 1) / 2
  const meanY = values.reduce((sum, each) => sum + each, 0) / n
  let xx = 0
  let xy = 0
  for (const [x, y] of values.entries()) {
    xx += (x - meanX) ** 2
    xy += (x - meanX) * (y - meanY)
  }
  const slope = xy / xx
  const rests = values.map((y, x) => y - meanY - slope * (x - meanX))
  const squares = rests.reduce((sum, each) => sum + each ** 2, 0)
  const alike = Math.max(0, likeness(rests, squares))
  const effective = Math.max(3, (n * (1 - alike)) / (1 + alike))
  const deviation = Math.sqrt((squares / (n - 2) / xx) * (n / effective))
  return { slope, error: student95(effective - 2) * deviation }
}

/** The correlation of neighbours. */
function likeness(rests: readonly number[], squares: number): number {
  if (squares === 0) return 0
  let products = 0
  for (const [at, rest] of rests.entries()) products += rest * (rests[at - 1] ?? 0)
  return products / squares
}

/** Student's t for 95 %, from the usual table: that of the next lower degrees of freedom, which is the wider one. */
function student95(freedom: number): number {
  const table: readonly (readonly [freedom: number, t: number])[] = [
    [1, 12.7],
    [2, 4.3],
    [3, 3.18],
    [4, 2.78],
    [6, 2.45],
    [10, 2.23],
    [20, 2.09],
  ]
  return table.findLast(([from]) => freedom >= from)?.[1] ?? 12.7
}

export function medianOf(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b)
  const middle = sorted.length >> 1
  return sorted.length % 2 === 1
    ? (sorted[middle] ?? Number.NaN)
    : ((sorted[middle - 1] ?? Number.NaN) + (sorted[middle] ?? Number.NaN)) / 2
}
