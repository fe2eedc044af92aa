import { addCounts } from '../../measure/errors.ts'
import { Histogram } from '../../measure/histogram.ts'
import type { Second } from '../../measure/second.ts'
import { BUSY_MAX, LAG_MS_MAX } from '../generator-figures.ts'
import { clockText, countText, msText, percentText, rateText } from '../numbers.ts'
import { bar, spark } from './spark.ts'

export type Paint = Readonly<
  Record<'bold' | 'dim' | 'red' | 'green' | 'yellow' | 'cyan', (text: string) => string>
>

export type LiveOptions = {
  readonly title: string
  readonly durationMs: number
  readonly paint: Paint
  readonly width: number
}

const KINDS_SHOWN = 4

/** The run as it goes on: figures of the whole run so far, and charts of its seconds. */
export function liveView({ title, durationMs, paint, width }: LiveOptions) {
  const all = new Histogram()
  const errors = new Map<string, number>()
  const rates: number[] = []
  const tails: (number | undefined)[] = []
  let errorCount = 0

  function add(second: Second): void {
    const now = new Histogram()
    let failed = 0
    for (const request of Object.values(second.requests)) {
      now.merge(request.durations)
      all.merge(request.durations)
      addCounts(errors, request.errors)
    }
    addCounts(errors, second.errors)
    for (const count of errors.values()) failed += count
    errorCount = failed
    // What comes in after the end is of a part of a second: no rate to show.
    if (second.second * 1000 >= durationMs && rates.length > 0) return
    rates.push(now.count)
    tails.push(now.count === 0 ? undefined : now.percentileMs(0.95))
  }

  const percentile = (share: number): string =>
    msText(all.count === 0 ? 0 : all.percentileMs(share))

  function lines(second: Second): readonly string[] {
    const elapsedMs = Math.min(durationMs, (second.second + 1) * 1000)
    const rate = errorCount / Math.max(1, all.count)
    const chart = Math.max(10, Math.min(60, width - 40))
    const kinds = [...errors].toSorted(([, a], [, b]) => b - a).slice(0, KINDS_SHOWN)
    return [
      `${paint.bold(title)}  ${clockText(elapsedMs)} ${paint.dim(`of ${clockText(durationMs)}`)}  ${paint.cyan(bar(elapsedMs / durationMs, 24))}`,
      '',
      `  users ${paint.bold(countText(second.users))}   requests/s ${paint.bold(rateText(rates.at(-1) ?? 0))}   average ${paint.bold(msText(all.count === 0 ? 0 : all.averageMs))} ms   errors ${(errorCount > 0 ? paint.red : paint.green)(percentText(rate))}`,
      `  p50 ${percentile(0.5)}   p90 ${percentile(0.9)}   p95 ${percentile(0.95)}   p99 ${percentile(0.99)} ms`,
      '',
      `  requests/s ${paint.cyan(spark(rates, chart))} ${paint.dim(`up to ${rateText(Math.max(...rates))}`)}`,
      `  p95        ${paint.yellow(spark(tails, chart))} ${paint.dim(`up to ${msText(Math.max(0, ...tails.map((each) => each ?? 0)))} ms`)}`,
      '',
      `  generator  ${generatorText(second, paint)}`,
      ...(kinds.length === 0
        ? []
        : [
            `  errors     ${paint.red(kinds.map(([key, count]) => `${key} ×${countText(count)}`).join('   '))}`,
          ]),
    ]
  }

  return {
    add,
    lines,
    /** One line for where there is no terminal. */
    line: (second: Second): string =>
      `${clockText((second.second + 1) * 1000)}  users ${second.users}  requests/s ${rateText(rates.at(-1) ?? 0)}  average ${msText(all.count === 0 ? 0 : all.averageMs)} ms  p95 ${percentile(0.95)} ms  errors ${percentText(errorCount / Math.max(1, all.count))}`,
  }
}

function generatorText({ busy, lagMs, cpu }: Second, paint: Paint): string {
  const text = `busy ${Math.round(busy * 100)} %   ${cpu.toFixed(2)} cores   late by ${msText(lagMs)} ms`
  if (busy > BUSY_MAX) return paint.yellow(`${text}   the generator is the limit`)
  return lagMs > LAG_MS_MAX
    ? paint.yellow(`${text}   the machine has no core left for it`)
    : paint.dim(text)
}
