import type { Figures } from '../measure/summary.ts'

/** What can be asked for: times in ms, `error_rate` as a share, `rps` requests a second. */
const metrics: Readonly<Record<string, (figures: Figures) => number>> = {
  avg: (figures) => figures.averageMs,
  p50: (figures) => figures.p50Ms,
  p90: (figures) => figures.p90Ms,
  p95: (figures) => figures.p95Ms,
  p99: (figures) => figures.p99Ms,
  max: (figures) => figures.maxMs,
  error_rate: (figures) => figures.errorRate,
  errors: (figures) => Object.values(figures.errors).reduce((sum, count) => sum + count, 0),
  rps: (figures) => figures.perSecond,
  requests: (figures) => figures.count,
}

const comparisons: Readonly<Record<string, (left: number, right: number) => boolean>> = {
  '<': (left, right) => left < right,
  '<=': (left, right) => left <= right,
  '>': (left, right) => left > right,
  '>=': (left, right) => left >= right,
  '==': (left, right) => left === right,
}

type Condition = {
  readonly text: string
  readonly metric: string
  readonly comparison: string
  readonly limit: number
}

/** Some of which all conditions must hold. */
export type PassIf = readonly (readonly Condition[])[]

const conditionPattern = /^(\w+)\s*(<=|>=|==|<|>)\s*(\d+(?:\.\d+)?)\s*(ms|s|%)?$/
const factors: Readonly<Record<string, number>> = { ms: 1, s: 1000, '%': 0.01 }

/**
 * Reads a condition such as `p95<200 && error_rate<1%`; `||` binds less than `&&`.
 *
 * @throws Error naming what is not understood
 */
export function parsePassIf(text: string): PassIf {
  return text.split('||').map((all) => all.split('&&').map((each) => conditionOf(each.trim())))
}

function conditionOf(text: string): Condition {
  const [, metric = '', comparison = '', number = '', unit = 'ms'] =
    conditionPattern.exec(text) ?? []
  if (metric === '') {
    throw new Error(`${JSON.stringify(text)} is no condition; "p95<200" and "error_rate<1%" are.`)
  }
  if (!Object.hasOwn(metrics, metric)) {
    throw new Error(`There is no figure ${metric}. There are: ${Object.keys(metrics).join(', ')}.`)
  }
  if ((unit === '%') !== (metric === 'error_rate') && unit !== 'ms') {
    throw new Error(`${metric} is not measured in ${unit}.`)
  }
  return { text, metric, comparison, limit: Number(number) * (factors[unit] ?? 1) }
}

export type Verdict = {
  readonly passed: boolean
  readonly parts: readonly {
    readonly text: string
    readonly value: number
    readonly met: boolean
  }[]
}

/** Judges figures. Where nothing was answered, nothing passes. */
export function judge(passIf: PassIf, figures: Figures): Verdict {
  const judged = passIf.map((all) =>
    all.map(({ text, metric, comparison, limit }) => {
      const value = metrics[metric]?.(figures) ?? Number.NaN
      return { text, value, met: comparisons[comparison]?.(value, limit) === true }
    }),
  )
  return {
    passed: figures.count > 0 && judged.some((all) => all.every((each) => each.met)),
    parts: judged.flat(),
  }
}
