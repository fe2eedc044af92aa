import type { DataRow } from '../scenario/scenario.ts'
import type { Profile } from './profile.ts'

/** Where a scenario comes from, so that every worker can load it by itself. */
export type ScenarioSource =
  | { readonly kind: 'shipped'; readonly name: string }
  | { readonly kind: 'module'; readonly file: string }
  | { readonly kind: 'postman'; readonly file: string; readonly variables: DataRow }

/** Everything that is known of the target: plain data. */
export type TargetAddress = {
  /** Services are `${base}/${name}` unless they have an address of their own. */
  readonly base: string
  readonly services: Readonly<Record<string, string>>
  readonly accessToken?: string
  readonly idToken?: string
  /** Where the local cloud lists what it would have sent: `?user=` is added. */
  readonly outbox?: string
}

/** What to send and how: plain data, the same for every worker. */
export type Plan = {
  readonly source: ScenarioSource
  readonly target: TargetAddress
  readonly profile: Profile
  /** Virtual users at the most. */
  readonly users: number
  /** Arrivals a second at the most: the open model. Without it, users wait for their answers: the closed model. */
  readonly rate?: number
  /** Iterations that each user makes at the most. */
  readonly runs?: number
  /** A pause of each user between iterations, beside the think time of the steps. */
  readonly delayMs: number
  /** Only this step. */
  readonly step?: string
  readonly stopOnFailure: boolean
  readonly timeoutMs: number
  readonly connectionsMax: number
  readonly seed: number
  /** Part of what `unique()` makes. */
  readonly runId: string
  readonly data: readonly DataRow[]
}

/** A worker's place among the workers. */
export type Seat = { readonly worker: number; readonly workers: number }
