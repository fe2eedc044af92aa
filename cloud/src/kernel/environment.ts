import type { Clock } from './clock.ts'
import type { Ids } from './ids.ts'

/** What every part is given by the composition root. Nothing here is global (invariant 7). */
export type Environment = {
  readonly clock: Clock
  readonly ids: Ids
  readonly region: string
  /** Twelve digits. */
  readonly accountId: string
  /** Where a part reports what an operator must know; never to a client. */
  readonly report: (event: Report) => void
}

export type Report = {
  readonly level: 'debug' | 'info' | 'warn' | 'error'
  /** The part that speaks, for example `dynamodb`. */
  readonly part: string
  readonly message: string
  readonly cause?: unknown
}

/** `arn:aws:<service>:<region>:<account>:<resource>`. */
export const arn = (env: Environment, service: string, resource: string): string =>
  `arn:aws:${service}:${env.region}:${env.accountId}:${resource}`
