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
/** Of all seconds. A single busy one, as at the start or where the run was cut off, never says anything. */
const SECONDS_TOLERATED = 0.1

export function generatorOf(seconds: readonly Second[]): GeneratorFigures {
  const average = (of: (second: Second) => number): number =>
    seconds.reduce((sum, each) => sum + of(each), 0) / Math.max(1, seconds.length)
  const many = Math.max(1, seconds.length * SECONDS_TOLERATED)
  const secondsWhere = (is: (second: Second) => boolean): number | undefined => {
    const count = seconds.filter(is).length
    return count > many ? count : undefined
  }
  const figures = {
    busy: average((each) => each.busy),
    busyMax: Math.max(0, ...seconds.map((each) => each.busy)),
    cpu: average((each) => each.cpu),
    lagMsMax: Math.max(0, ...seconds.map((each) => each.lagMs)),
  }
  const busy = secondsWhere((each) => each.busy > BUSY_MAX)
  if (busy !== undefined) {
    return {
      ...figures,
      warning: `The generator was the limit: in ${busy} of ${seconds.length} seconds its busiest worker had no time left. Give it more --workers, or a machine of its own.`,
    }
  }
  if (secondsWhere((each) => each.lagMs > LAG_MS_MAX) !== undefined) {
    return {
      ...figures,
      warning: `The generator was late by up to ${Math.round(figures.lagMsMax)} ms, so times are too long by as much: the machine had no core for it. Give it a machine of its own.`,
    }
  }
  return figures
}
