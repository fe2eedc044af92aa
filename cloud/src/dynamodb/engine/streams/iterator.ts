import { AwsError } from '../../../kernel/index.ts'
import { shardIteratorMs } from '../../limits.ts'

/** Where a reader stands in a shard: everything after a sequence is still to come. */
export type Position = {
  readonly streamArn: string
  readonly shardId: string
  readonly after: number
  readonly expiresMs: number
}

/** An iterator is the position itself, in the look of AWS's: nothing has to be remembered for it. */
export function writeIterator(position: Omit<Position, 'expiresMs'>, nowMs: number): string {
  const { streamArn, shardId, after } = position
  const token = JSON.stringify([shardId, after, nowMs + shardIteratorMs])
  return `${streamArn}|1|${Buffer.from(token, 'utf8').toString('base64url')}`
}

/** @throws AwsError ValidationException when it is none, ExpiredIteratorException after 15 minutes */
export function readIterator(text: string, nowMs: number): Position {
  const [streamArn, version, token] = text.split('|')
  const parts = version === '1' ? parse(token) : undefined
  if (streamArn === undefined || parts === undefined) {
    throw new AwsError('ValidationException', 'Invalid ShardIterator')
  }
  const [shardId, after, expiresMs] = parts
  if (expiresMs < nowMs) {
    throw new AwsError(
      'ExpiredIteratorException',
      'The shard iterator has expired: it is good for 15 minutes. Get a new one with GetShardIterator.',
    )
  }
  return { streamArn, shardId, after, expiresMs }
}

function parse(token: string | undefined): [string, number, number] | undefined {
  try {
    const value: unknown = JSON.parse(Buffer.from(token ?? '', 'base64url').toString('utf8'))
    if (!Array.isArray(value)) return undefined
    const [shardId, after, expiresMs] = value as unknown[]
    return typeof shardId === 'string' &&
      typeof after === 'number' &&
      Number.isSafeInteger(after) &&
      after >= 0 &&
      typeof expiresMs === 'number'
      ? [shardId, after, expiresMs]
      : undefined
  } catch {
    return undefined
  }
}
