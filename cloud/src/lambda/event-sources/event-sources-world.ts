import { manualClock, seededIds } from '../../kernel/index.ts'
import type { Environment, ManualClock, Report } from '../../kernel/index.ts'
import type { CheckpointStore, InvocationAnswer } from '../ports.ts'
import { eventSourceDefaults, type EventSourceDefinition } from './definition.ts'
import { createEventSources, type EventSources } from './event-sources.ts'
import { memoryStream, type MemoryStream } from './memory-stream.ts'

export const streamArn = 'arn:aws:dynamodb:eu-west-1:000000000000:table/orders/stream/2026-01-01'
export const queueArn = 'arn:aws:sqs:eu-west-1:000000000000:failed'

export type Delivered = { readonly keys: string[]; readonly numbers: string[] }
export type Answer = (delivered: Delivered, count: number) => unknown

/** Event sources over a stream in memory, with a function and a queue whose answers the test gives. */
export type World = {
  clock: ManualClock
  stream: MemoryStream
  checkpoints: Map<string, string>
  sources: EventSources
  deliveries: Delivered[]
  sent: { destination: string; body: unknown }[]
  reports: Report[]
  delivered: () => string[]
  /** Closes the sources and makes new ones over the same stream and checkpoints. */
  restart: () => Promise<void>
  answer: Answer
  refuseDestination: boolean
  /** How many saves still fail. */
  failingSaves: number
}

export function world(answer: Answer = () => ({})): World {
  const clock = manualClock()
  const reports: Report[] = []
  const environment: Environment = {
    clock,
    ids: seededIds(1),
    region: 'eu-west-1',
    accountId: '000000000000',
    report: (event) => void reports.push(event),
  }
  const checkpoints = new Map<string, string>()
  const store: CheckpointStore = {
    get: (id) => checkpoints.get(id),
    async put(id, value) {
      await Promise.resolve()
      if (self.failingSaves-- > 0) throw new Error('the disk is full')
      checkpoints.set(id, value)
    },
    remove: (id) => Promise.resolve().then(() => void checkpoints.delete(id)),
  }
  const self: World = {
    clock,
    stream: memoryStream(streamArn, clock.now),
    checkpoints,
    deliveries: [],
    sent: [],
    reports,
    delivered: () => self.deliveries.flatMap((each) => each.keys),
    sources: undefined as unknown as EventSources, // set below
    answer,
    refuseDestination: false,
    failingSaves: 0,
    async restart() {
      await self.sources.close()
      self.sources = create()
    },
  }
  async function invoke(_name: string, payload: string): Promise<InvocationAnswer> {
    const event = JSON.parse(payload) as {
      Records: { dynamodb: { SequenceNumber: string; Keys: { id: { S: string } } } }[]
    }
    const delivered = {
      keys: event.Records.map((record) => record.dynamodb.Keys.id.S),
      numbers: event.Records.map((record) => record.dynamodb.SequenceNumber),
    }
    await Promise.resolve()
    self.deliveries.push(delivered)
    const result = await self.answer(delivered, self.deliveries.length)
    const requestId = `request-${self.deliveries.length}`
    if (result === 'fail') {
      return { payload: '{"errorMessage":"no"}', functionError: 'Unhandled', requestId }
    }
    if (result instanceof Error) throw result
    return { payload: JSON.stringify(result), requestId }
  }
  const create = (): EventSources =>
    createEventSources({
      environment,
      invoke,
      streams: self.stream,
      checkpoints: store,
      destinations: async (destination, body) => {
        if (self.refuseDestination) throw new Error('no such queue')
        self.sent.push({ destination, body: JSON.parse(body) as unknown })
        await Promise.resolve()
      },
    })
  self.sources = create()
  return self
}

export const definition = (over: Partial<EventSourceDefinition> = {}): EventSourceDefinition => ({
  ...eventSourceDefaults,
  uuid: 'mapping-1',
  functionName: 'projector',
  eventSourceArn: streamArn,
  ...over,
})

/** Opens the stream if need be, puts the mapping and waits until nothing is left to do at this time. */
export async function started(w: World, over: Partial<EventSourceDefinition> = {}): Promise<void> {
  if (w.stream.shards(streamArn) === undefined) w.stream.open('shard-1')
  w.sources.put(definition(over))
  w.sources.start()
  await w.sources.idle()
}
