import type { StreamRecord, StreamSource } from '../ports.ts'

type Shard = {
  readonly shardId: string
  readonly parentShardId?: string
  closed: boolean
  readonly records: StreamRecord[]
}

export type MemoryStream = StreamSource & {
  readonly open: (shardId: string, parentShardId?: string) => void
  readonly close: (shardId: string) => void
  /** Appends records with these keys and tells the subscribers once; returns their sequence numbers. */
  readonly append: (shardId: string, ...keys: readonly string[]) => string[]
}

/** A stream kept in memory: a full implementation of the port, for tests. `now` is in milliseconds. */
export function memoryStream(streamArn: string, now: () => number): MemoryStream {
  const shards = new Map<string, Shard>()
  const listeners = new Set<() => void>()
  let serial = 0

  function record(key: string): StreamRecord {
    serial++
    return {
      eventID: `event-${serial}`,
      eventName: 'INSERT',
      eventVersion: '1.1',
      eventSource: 'aws:dynamodb',
      awsRegion: 'eu-west-1',
      dynamodb: {
        ApproximateCreationDateTime: Math.floor(now() / 1000),
        Keys: { id: { S: key } },
        NewImage: { id: { S: key }, serial: { N: String(serial) } },
        SequenceNumber: String(serial).padStart(21, '0'),
        SizeBytes: 40,
        StreamViewType: 'NEW_IMAGE',
      },
    }
  }

  const find = (shardId: string): Shard => {
    const shard = shards.get(shardId)
    if (shard === undefined) throw new Error(`No shard ${shardId}`)
    return shard
  }

  return {
    shards: (name) => (name === streamArn && shards.size > 0 ? [...shards.values()] : undefined),
    read(_name, shardId, { after, limit }) {
      const { records, closed } = find(shardId)
      const rest = records.filter((each) => after === undefined || number(each) > BigInt(after))
      return { records: rest.slice(0, limit), ended: closed && rest.length <= limit }
    },
    latest: (_name, shardId) => find(shardId).records.at(-1)?.dynamodb.SequenceNumber,
    subscribe(_name, listener) {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
    open(shardId, parentShardId) {
      const parent = parentShardId === undefined ? {} : { parentShardId }
      shards.set(shardId, { shardId, ...parent, closed: false, records: [] })
    },
    close: (shardId) => void (find(shardId).closed = true),
    append(shardId, ...keys) {
      const added = keys.map(record)
      find(shardId).records.push(...added)
      for (const listener of listeners) listener()
      return added.map((each) => each.dynamodb.SequenceNumber)
    },
  }
}

const number = (record: StreamRecord): bigint => BigInt(record.dynamodb.SequenceNumber)
