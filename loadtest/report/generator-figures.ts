import type { Second } from '../measure/second.ts'

/** How the generator itself fared. `warning` says so when it was the limit, not the target. */
export type GeneratorFigures = {
  /** The busiest worker's share of busy time: average and the worst second. */
  readonly busy: number
  readonly busyMax: number
  /** Cores that the generator used, on average. */
  readonly cpu: number
  /** By how much an event loop was late at worst. */
  readonly lagMsMax: number
  readonly warning?: string
}

/** A worker that is busy for more than this cannot send more, and measures its own waiting. */
export const BUSY_MAX = 0.9
export const LAG_MS_MAX = 100
/** Of all seconds: a single busy one, as at the start, says nothing. */
const SECONDS_TOLERATED = 0.1

export function generatorOf(seconds: readonly Second[]): GeneratorFigures {
  const average = (of: (second: Second) => number): number =>
    seconds.reduce((sum, each) => sum + of(each), 0) / Math.max(1, seconds.length)
  const often = (is: (second: Second) => boolean): boolean =>
    seconds.filter(is).length > seconds.length * SECONDS_TOLERATED
  const figures = {
    busy: average((each) => each.busy),
    busyMax: Math.max(0, ...seconds.map((each) => each.busy)),
    cpu: average((each) => each.cpu),
    lagMsMax: Math.max(0, ...seconds.map((each) => each.lagMs)),
  }
  if (often((each) => each.busy > BUSY_MAX)) {
    const percent = Math.round(figures.busy * 100)
    return {
      ...figures,
      warning: `The generator was the limit: its busiest worker was busy for ${percent} % of the time. Give it more --workers, or a machine of its own.`,
    }
  }
  if (often((each) => each.lagMs > LAG_MS_MAX)) {
    return {
      ...figures,
      warning: `The generator was late by up to ${Math.round(figures.lagMsMax)} ms, so times are too long by as much: the machine had no core for it. Give it a machine of its own.`,
    }
  }
  return figures
}
