import type { Environment } from '../../kernel/index.ts'
import type { CheckpointStore, InvokeFunction, SendToDestination, StreamSource } from '../ports.ts'
import { Activity } from './activity.ts'
import { checkEventSource, type EventSourceDefinition } from './definition.ts'
import { checkpointId, Mapping } from './mapping.ts'

export type EventSourcePorts = {
  readonly environment: Environment
  readonly invoke: InvokeFunction
  readonly streams: StreamSource
  readonly checkpoints: CheckpointStore
  readonly destinations: SendToDestination
}

export type EventSourceState = {
  readonly definition: EventSourceDefinition
  /** `No records processed`, `OK` or `PROBLEM: …`, as GetEventSourceMapping shows it. */
  readonly lastProcessingResult: string
}

export type EventSources = {
  /**
   * Adds a mapping, or changes the one of the same uuid: it goes on from where it stood.
   *
   * @throws AwsError InvalidParameterValueException
   */
  readonly put: (definition: EventSourceDefinition) => void
  /** Ends a mapping and forgets its positions. */
  readonly remove: (uuid: string) => void
  readonly list: () => readonly EventSourceState[]
  /** Mappings stand still until this is called. */
  readonly start: () => void
  /** Begins nothing more, waits for invocations that are under way and saves the positions. */
  readonly close: () => Promise<void>
  /** Resolves when nothing is under way; waiting for the clock (back-off, batching window) is not. */
  readonly idle: () => Promise<void>
}

type Entry = {
  readonly definition: EventSourceDefinition
  mapping: Mapping | undefined
  lastProcessingResult: string
}

/**
 * Event-source mappings from DynamoDB Streams to functions ("Using AWS Lambda with Amazon DynamoDB"): at least
 * once, in order for each item, woken by the stream itself.
 */
export function createEventSources(ports: EventSourcePorts): EventSources {
  const activity = new Activity()
  const entries = new Map<string, Entry>()
  // Stops and starts of one uuid follow each other, so that a position is never written by two mappings.
  const changes = new Map<string, Promise<void>>()
  let running = false
  let closed = false

  function change(uuid: string, work: () => Promise<void>): void {
    const before = changes.get(uuid) ?? Promise.resolve()
    const after = activity
      .during(() => before.then(work))
      .catch((cause: unknown) => {
        const message = `The event source mapping ${uuid} could not be changed.`
        ports.environment.report({ level: 'error', part: 'lambda', message, cause })
      })
    changes.set(uuid, after)
    void after.finally(() => changes.get(uuid) === after && changes.delete(uuid))
  }

  function begin(uuid: string): void {
    const entry = entries.get(uuid)
    if (!running || closed || entry?.mapping !== undefined) return
    if (entry?.definition.enabled !== true) return
    const processed = (result: string): void => void (entry.lastProcessingResult = result)
    entry.mapping = new Mapping(entry.definition, { ...ports, activity, processed })
    entry.mapping.start()
  }

  return {
    put(definition) {
      checkEventSource(definition)
      const before = entries.get(definition.uuid)
      const lastProcessingResult = before?.lastProcessingResult ?? 'No records processed'
      entries.set(definition.uuid, { definition, mapping: undefined, lastProcessingResult })
      change(definition.uuid, async () => {
        await before?.mapping?.stop()
        begin(definition.uuid)
      })
    },
    remove(uuid) {
      const before = entries.get(uuid)
      if (before === undefined) return
      entries.delete(uuid)
      change(uuid, async () => {
        await before.mapping?.stop()
        await ports.checkpoints.remove(checkpointId(uuid))
      })
    },
    list: () =>
      [...entries.values()].map(({ definition, lastProcessingResult }) => ({
        definition,
        lastProcessingResult,
      })),
    start() {
      running = true
      for (const uuid of entries.keys()) begin(uuid)
    },
    async close() {
      closed = true
      await Promise.all(changes.values())
      const mappings = [...entries.values()].flatMap((entry) => entry.mapping ?? [])
      await Promise.all(mappings.map((mapping) => mapping.stop()))
    },
    idle: () => activity.idle(),
  }
}
