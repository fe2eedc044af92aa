import { documents, type Documents, type Store } from '../../storage/index.ts'
import type { JsonObject, RetentionPolicy, StackOutput } from '../../template/index.ts'
import type { PhysicalResource } from '../resource-type.ts'

/** CloudFormation, "Stack status codes": those that a stack can have here. */
export type StackStatus =
  | 'CREATE_IN_PROGRESS'
  | 'CREATE_COMPLETE'
  | 'UPDATE_IN_PROGRESS'
  | 'UPDATE_COMPLETE'
  | 'ROLLBACK_COMPLETE'
  | 'ROLLBACK_FAILED'
  | 'UPDATE_ROLLBACK_COMPLETE'
  | 'UPDATE_ROLLBACK_FAILED'
  | 'DELETE_IN_PROGRESS'
  | 'DELETE_FAILED'
  | 'DELETE_COMPLETE'

export type ResourceStatus =
  | 'CREATE_IN_PROGRESS'
  | 'CREATE_COMPLETE'
  | 'UPDATE_IN_PROGRESS'
  | 'UPDATE_COMPLETE'
  | 'UPDATE_FAILED'
  | 'DELETE_FAILED'

/** A stack, without its resources. Times are milliseconds since the epoch. */
export type StackState = {
  readonly name: string
  readonly id: string
  readonly description?: string
  readonly status: StackStatus
  readonly reason?: string
  readonly created: number
  readonly updated: number
  /** How many deployments were begun. */
  readonly deployments: number
  /** As they were given, or their defaults. */
  readonly parameters: Readonly<Record<string, string>>
  /** Names of the parameters whose values are not shown (NoEcho). */
  readonly hidden: readonly string[]
  readonly outputs: readonly StackOutput[]
  /** Exports of other stacks that this one reads. */
  readonly imports: readonly string[]
}

/** One resource of a stack. */
export type ResourceState = PhysicalResource & {
  readonly logicalId: string
  readonly type: string
  /** The number of the deployment that made it: tells it from others of its logical id. */
  readonly serial: number
  readonly properties: JsonObject
  readonly preview: JsonObject
  readonly fingerprint?: string
  readonly dependencies: readonly string[]
  readonly deletionPolicy: RetentionPolicy
  readonly updateReplacePolicy: RetentionPolicy
  readonly status: ResourceStatus
  readonly updated: number
}

export type StackEvent = {
  readonly id: string
  readonly stackId: string
  readonly stackName: string
  readonly logicalId: string
  readonly physicalId: string
  readonly type: string
  readonly status: string
  readonly reason?: string
  readonly time: number
}

/**
 * What is kept of stacks, one document a stack, a resource, a template and an event. Layout of the ids:
 *
 *     stack/stacks      <stack name>
 *     stack/deleted     <stack id>                      the last state of stacks that are gone
 *     stack/templates   <stack name>
 *     stack/resources   <stack name>/<logical id>
 *     stack/retired     <stack name>/<logical id>/<serial>   replaced, to be removed once the deployment is through
 *     stack/events      <stack id>/<time>/<number>
 */
export type StateStore = {
  readonly stacks: () => readonly StackState[]
  readonly stack: (name: string) => StackState | undefined
  readonly deletedStack: (id: string) => StackState | undefined
  readonly template: (name: string) => string | undefined
  readonly resources: (name: string) => ReadonlyMap<string, ResourceState>
  readonly retired: (name: string) => readonly ResourceState[]
  /** Newest first. */
  readonly events: (stackId: string) => readonly StackEvent[]
  readonly putStack: (stack: StackState, template?: string) => Promise<void>
  readonly putResource: (stack: string, resource: ResourceState) => Promise<void>
  readonly removeResource: (stack: string, logicalId: string) => Promise<void>
  /** Puts a replaced resource aside. */
  readonly retire: (stack: string, resource: ResourceState) => Promise<void>
  readonly forgetRetired: (stack: string, resource: ResourceState) => Promise<void>
  readonly addEvent: (event: Omit<StackEvent, 'id'>) => Promise<void>
  /** Forgets the stack but for its last state and its events. */
  readonly removeStack: (stack: StackState) => Promise<void>
}

/** How many events of a stack are kept. */
const eventsMax = 500

export function openStateStore(store: Store): StateStore {
  const stacks = documents<StackState>('stack/stacks')
  const deleted = documents<StackState>('stack/deleted')
  const templates = documents<{ readonly text: string }>('stack/templates')
  const resources = documents<ResourceState>('stack/resources')
  const retired = documents<ResourceState>('stack/retired')
  const { events, addEvent } = eventLog(store, documents<StackEvent>('stack/events'))
  const { reader } = store
  const valuesOf = <T>(space: Documents<T>, prefix: string): T[] =>
    [...space.list(reader, { prefix })].map(([, value]) => value)
  const retiredId = (stack: string, { logicalId, serial }: ResourceState): string =>
    `${stack}/${logicalId}/${serial}`

  return {
    stacks: () => valuesOf(stacks, ''),
    stack: (name) => stacks.get(reader, name),
    deletedStack: (id) => deleted.get(reader, id),
    template: (name) => templates.get(reader, name)?.text,
    resources: (name) =>
      new Map(valuesOf(resources, `${name}/`).map((each) => [each.logicalId, each])),
    retired: (name) => valuesOf(retired, `${name}/`),
    events,
    addEvent,
    putStack: (stack, text) =>
      store.write((writer) => {
        stacks.put(writer, stack.name, stack)
        if (text !== undefined) templates.put(writer, stack.name, { text })
      }),
    putResource: (stack, resource) =>
      store.write((writer) => resources.put(writer, `${stack}/${resource.logicalId}`, resource)),
    removeResource: (stack, logicalId) =>
      store.write((writer) => resources.remove(writer, `${stack}/${logicalId}`)),
    retire: (stack, resource) =>
      store.write((writer) => retired.put(writer, retiredId(stack, resource), resource)),
    forgetRetired: (stack, resource) =>
      store.write((writer) => retired.remove(writer, retiredId(stack, resource))),
    removeStack: (stack) =>
      store.write((writer) => {
        for (const space of [resources, retired]) {
          for (const [id] of Array.from(space.list(writer, { prefix: `${stack.name}/` }))) {
            space.remove(writer, id)
          }
        }
        templates.remove(writer, stack.name)
        stacks.remove(writer, stack.name)
        deleted.put(writer, stack.id, stack)
      }),
  }
}

function eventLog(
  store: Store,
  space: Documents<StackEvent>,
): Pick<StateStore, 'events' | 'addEvent'> {
  const idsOf = (stackId: string): string[] =>
    [...space.list(store.reader, { prefix: `${stackId}/` })].map(([id]) => id)
  let serial = 0
  return {
    events: (stackId) =>
      [...space.list(store.reader, { prefix: `${stackId}/` })].map(([, event]) => event).reverse(),
    async addEvent(event) {
      serial++
      const time = String(event.time).padStart(15, '0')
      const id = `${event.stackId}/${time}/${String(serial).padStart(9, '0')}`
      await store.write((writer) => space.put(writer, id, { ...event, id }))
      if (serial % eventsMax !== 0) return
      const surplus = idsOf(event.stackId).slice(0, -eventsMax)
      await store.write((writer) => {
        for (const old of surplus) space.remove(writer, old)
      })
    },
  }
}
