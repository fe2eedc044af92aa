/** An axis of a chart: where a value stands between its ends (0 to 1), which values are written beside it. */
export type Axis = {
  readonly ticks: readonly number[]
  readonly placeOf: (value: number) => number
}

/** From 0 to the first round number at or above every value. */
export function linearAxis(values: readonly number[], wanted = 5): Axis {
  const most = Math.max(0, ...values.filter(Number.isFinite))
  if (most === 0) return { ticks: [0, 1], placeOf: (value) => value }
  const rough = most / wanted
  const power = 10 ** Math.floor(Math.log10(rough))
  const step = ([1, 2, 5].find((each) => each * power >= rough) ?? 10) * power
  const count = Math.ceil(most / step - 1e-9)
  const top = count * step
  return {
    ticks: Array.from({ length: count + 1 }, (_, at) => Number((at * step).toPrecision(12))),
    placeOf: (value) => value / top,
  }
}

/** Powers of ten around all values above 0; within less than two of them, 2 and 5 are written too. */
export function logAxis(values: readonly number[]): Axis {
  const positive = values.filter((value) => value > 0 && Number.isFinite(value))
  if (positive.length === 0) return linearAxis([])
  const low = Math.floor(Math.log10(Math.min(...positive)) + 1e-9)
  const high = Math.max(low + 1, Math.ceil(Math.log10(Math.max(...positive)) - 1e-9))
  const multiples = high - low < 3 ? [1, 2, 5] : [1]
  const ticks: number[] = []
  for (let power = low; power <= high; power++) {
    for (const multiple of multiples) {
      if (power < high || multiple === 1)
        ticks.push(Number((multiple * 10 ** power).toPrecision(12)))
    }
  }
  return { ticks, placeOf: (value) => (Math.log10(value) - low) / (high - low) }
}

/** A number in few letters: 0.05, 7.1, 153, 12.5k, 10M. */
export function shortText(value: number): string {
  const digits = (each: number): string => String(Number(each.toPrecision(3)))
  if (Math.abs(value) >= 999_500) return `${digits(value / 1e6)}M`
  if (Math.abs(value) >= 9_995) return `${digits(value / 1e3)}k`
  if (Math.abs(value) >= 1_000) return `${digits(value / 1e3)}k`
  return digits(value)
}
