import { addCounts, type ErrorCounts } from './errors.ts'
import { merged } from './histogram.ts'
import type { RequestSecond, WorkerSecond } from './recorder.ts'

/** What all workers together saw in one second of the run. */
export type Second = {
  readonly second: number
  readonly requests: Readonly<Record<string, RequestSecond>>
  readonly errors: ErrorCounts
  readonly iterations: number
  readonly users: number
  /** The busiest worker's share of busy time, and the worst delay of an event loop. */
  readonly busy: number
  readonly lagMs: number
  /** Cores that the whole generator used, all its threads together. */
  readonly cpu: number
}

/** Joins the figures of the workers. */
export function joinSecond(second: number, parts: readonly WorkerSecond[], cpu = 0): Second {
  const names = new Set(parts.flatMap((part) => Object.keys(part.requests)))
  const requests = [...names].map((name): [string, RequestSecond] => [
    name,
    joinRequests(
      parts.flatMap((part) => {
        const found = Object.hasOwn(part.requests, name) ? part.requests[name] : undefined
        return found === undefined ? [] : [found]
      }),
    ),
  ])
  return {
    second,
    requests: Object.fromEntries(requests),
    errors: joinCounts(parts.map((part) => part.errors)),
    iterations: sum(parts.map((part) => part.iterations)),
    users: sum(parts.map((part) => part.users)),
    busy: Math.max(0, ...parts.map((part) => part.busy)),
    lagMs: Math.max(0, ...parts.map((part) => part.lagMs)),
    cpu,
  }
}

/** Joins figures of one or more requests, of one or more seconds. */
export function joinRequests(parts: readonly RequestSecond[]): RequestSecond {
  const [only] = parts
  if (only !== undefined && parts.length === 1) return only
  return {
    durations: merged(parts.map((part) => part.durations)).data(),
    errors: joinCounts(parts.map((part) => part.errors)),
  }
}

export function joinCounts(parts: readonly ErrorCounts[]): ErrorCounts {
  const tally = new Map<string, number>()
  for (const part of parts) addCounts(tally, part)
  return Object.fromEntries(tally)
}

const sum = (values: readonly number[]): number => values.reduce((all, each) => all + each, 0)
