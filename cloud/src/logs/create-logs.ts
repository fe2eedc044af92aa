import {
  operationTable,
  type Environment,
  type OperationTable,
  type Service,
} from '../kernel/index.ts'
import type { Store } from '../storage/index.ts'
import type { InputEvent } from './engine/append.ts'
import type { LogsContext } from './engine/context.ts'
import { Serials } from './engine/serials.ts'
import { Sink } from './engine/sink.ts'
import { sweep } from './engine/sweep.ts'
import { sweepEveryMs } from './limits.ts'
import { operations } from './operations/all.ts'

type FollowLogs = (stream: string, events: readonly InputEvent[]) => void

export type Logs = {
  readonly services: readonly Service[]
  /** All operations by name, for calls inside the process. */
  readonly operations: OperationTable
  readonly sink: {
    /** Takes events; group and stream are made when they are missing. Returns at once, never throws. */
    readonly write: (group: string, stream: string, events: readonly InputEvent[]) => void
    /** Resolves once everything written before is stored. */
    readonly flushed: () => Promise<void>
  }
  /** Tells a listener of a group's events after they are stored; the returned function ends that. */
  readonly follow: (group: string, listener: FollowLogs) => () => void
  /** Begins to remove what is past its retention. */
  readonly start: () => void
  /** Ends that, and resolves once everything written is stored. */
  readonly close: () => Promise<void>
}

/** CloudWatch Logs, kept in the store: groups, streams and events, with a bound on what a group keeps. */
export function createLogs(o: { environment: Environment; store: Store }): Logs {
  const { clock, report } = o.environment
  const listeners = new Map<string, Set<FollowLogs>>()
  const serials = new Serials(clock)

  function written(group: string, stream: string, events: readonly InputEvent[]): void {
    for (const listener of listeners.get(group) ?? []) {
      try {
        listener(stream, events)
      } catch (cause) {
        report({ level: 'error', part: 'logs', message: 'A follower of logs failed.', cause })
      }
    }
  }

  const sink = new Sink(o.environment, o.store, serials, written)
  const context: LogsContext = { ...o, serials, sink, written }
  const table = operationTable(context, operations)
  let cancel: (() => void) | undefined
  let sweeping: Promise<void> = Promise.resolve()
  let closed = false

  function sweepNow(): void {
    sweeping = sweep(o.store, clock.now())
      .catch((cause: unknown) => {
        if (closed) return
        report({ level: 'error', part: 'logs', message: 'Old events were not removed.', cause })
      })
      .finally(() => {
        if (!closed) cancel = clock.after(sweepEveryMs, sweepNow)
      })
  }

  return {
    services: [
      {
        kind: 'json',
        signingName: 'logs',
        target: 'Logs_20140328',
        version: '1.1',
        operations: table,
      },
    ],
    operations: table,
    sink: {
      write: (group, stream, events) => sink.write(group, stream, events),
      flushed: () => sink.flushed(),
    },
    follow(group, listener) {
      const found = listeners.get(group) ?? new Set()
      listeners.set(group, found.add(listener))
      return () => {
        found.delete(listener)
        if (found.size === 0 && listeners.get(group) === found) listeners.delete(group)
      }
    },
    start: () => sweepNow(),
    async close() {
      closed = true
      cancel?.()
      await sweeping
      await sink.flushed()
    },
  }
}
