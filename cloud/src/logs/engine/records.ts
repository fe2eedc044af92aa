import { textOf, integerOf } from '../../kernel/index.ts'
import { documents, type Reader } from '../../storage/index.ts'
import { groupDoesNotExist, streamDoesNotExist } from '../errors.ts'
import { describeLimitMax } from '../limits.ts'

export const groupName = textOf({ min: 1, max: 512, pattern: '[\\.\\-_/#A-Za-z0-9]+' })
export const streamName = textOf({ min: 1, max: 512, pattern: '[^:*\\u0000]*' })
export const describeLimit = integerOf(1, describeLimitMax)

export type GroupRecord = {
  readonly name: string
  /** Names the group's events in keys: a group that is deleted and made anew starts empty. */
  readonly id: number
  readonly createdMs: number
  readonly retentionDays?: number
  readonly tags: Readonly<Record<string, string>>
  readonly bytes: number
}

export type StreamRecord = {
  readonly name: string
  readonly createdMs: number
  readonly firstMs?: number
  readonly lastMs?: number
  readonly lastIngestedMs?: number
}

export const groupRecords = documents<GroupRecord>('logs/groups')
/** Under `<group>:<stream>`; neither name may hold a colon. */
export const streamRecords = documents<StreamRecord>('logs/streams')
/** Ids of groups that are deleted while their events are still being removed. */
export const doomedGroups = documents<true>('logs/doomed')

export const streamId = (group: string, stream: string): string => `${group}:${stream}`

/** @throws AwsError ResourceNotFoundException */
export function requireGroup(reader: Reader, name: string): GroupRecord {
  const group = groupRecords.get(reader, name)
  if (group === undefined) throw groupDoesNotExist()
  return group
}

/** @throws AwsError ResourceNotFoundException */
export function requireStream(reader: Reader, group: string, stream: string): StreamRecord {
  const found = streamRecords.get(reader, streamId(group, stream))
  if (found === undefined) throw streamDoesNotExist()
  return found
}

/** The streams of a group, in order of their names. */
export function* streamsOf(reader: Reader, group: string, prefix = ''): Iterable<StreamRecord> {
  for (const [, stream] of streamRecords.list(reader, { prefix: streamId(group, prefix) })) {
    yield stream
  }
}
