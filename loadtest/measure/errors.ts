/** What can go wrong, counted apart: a status, no answer, a check that does not hold, a scenario's own bug. */
export const errorSources = ['http', 'transport', 'check', 'scenario'] as const
export type ErrorSource = (typeof errorSources)[number]

/** Errors by source and kind, as `http 503`, `transport ECONNREFUSED`, `check total is right`. */
export type ErrorCounts = Readonly<Record<string, number>>

export const errorKey = (source: ErrorSource, kind: string): string => `${source} ${kind}`

export const sourceOf = (key: string): string => key.slice(0, key.indexOf(' '))

/** Adds counts to a tally that is kept by key. */
export function addCounts(tally: Map<string, number>, counts: ErrorCounts): void {
  for (const [key, count] of Object.entries(counts)) tally.set(key, (tally.get(key) ?? 0) + count)
}

export const total = (counts: ErrorCounts): number =>
  Object.values(counts).reduce((sum, count) => sum + count, 0)
