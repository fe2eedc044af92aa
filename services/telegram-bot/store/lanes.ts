import { DeleteCommand, QueryCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb'
import type { ChatId } from '../domain/chat.ts'
import { LEASE_MS } from '../domain/limits.ts'
import { holds } from './holds.ts'
import { laneKey, LANES, leaseKey } from './layout.ts'
import type { Lane, Queue } from './queue.ts'
import type { BotTable } from './table.ts'

type LaneQueue = Pick<
  Queue,
  'lanes' | 'lane' | 'lease' | 'renew' | 'release' | 'close' | 'postpone' | 'touch'
>

/** The lanes: which chats have something queued, who works on them, and when they are due. */
export function laneQueue({ client, name: TableName }: BotTable): LaneQueue {
  const lanesWhere = (sort?: ChatId) => readLanes({ client, name: TableName }, sort)

  return {
    lanes: () => lanesWhere(),
    lane: async (chat) => (await lanesWhere(chat))[0],

    lease: (chat, worker, nowMs) =>
      holds(
        client,
        new UpdateCommand({
          TableName,
          Key: leaseKey(chat),
          UpdateExpression: 'SET worker = :worker, leaseEnds = :ends',
          ConditionExpression: 'attribute_not_exists(pk) OR worker = :worker OR leaseEnds < :now',
          ExpressionAttributeValues: {
            ':worker': worker,
            ':ends': nowMs + LEASE_MS,
            ':now': nowMs,
          },
        }),
      ),

    renew: (chat, worker, nowMs) =>
      holds(
        client,
        new UpdateCommand({
          TableName,
          Key: leaseKey(chat),
          UpdateExpression: 'SET leaseEnds = :ends',
          ConditionExpression: 'worker = :worker',
          ExpressionAttributeValues: { ':worker': worker, ':ends': nowMs + LEASE_MS },
        }),
      ),

    async release(chat, worker) {
      await holds(
        client,
        new DeleteCommand({
          TableName,
          Key: leaseKey(chat),
          ConditionExpression: 'worker = :worker',
          ExpressionAttributeValues: { ':worker': worker },
        }),
      )
    },

    close: ({ chat, version }) =>
      holds(
        client,
        new DeleteCommand({
          TableName,
          Key: laneKey(chat),
          ConditionExpression: 'version = :version',
          ExpressionAttributeValues: { ':version': version },
        }),
      ),

    async postpone(chat, notBefore) {
      await holds(
        client,
        new UpdateCommand({
          TableName,
          Key: laneKey(chat),
          UpdateExpression: 'SET notBefore = :notBefore',
          ConditionExpression: 'attribute_exists(pk)',
          ExpressionAttributeValues: { ':notBefore': notBefore },
        }),
      )
    },

    async touch(chat) {
      await holds(
        client,
        new UpdateCommand({
          TableName,
          Key: laneKey(chat),
          UpdateExpression: 'ADD touches :one',
          ConditionExpression: 'attribute_exists(pk)',
          ExpressionAttributeValues: { ':one': 1 },
        }),
      )
    },
  }
}

/** All lanes, or the one of a chat. */
async function readLanes({ client, name: TableName }: BotTable, sort?: ChatId): Promise<Lane[]> {
  const lanes: Lane[] = []
  let from: Record<string, unknown> | undefined
  do {
    const page = await client.send(
      new QueryCommand({
        TableName,
        KeyConditionExpression: sort === undefined ? 'pk = :pk' : 'pk = :pk AND sk = :sk',
        ExpressionAttributeValues: {
          ':pk': LANES,
          ...(sort === undefined ? {} : { ':sk': String(sort) }),
        },
        ConsistentRead: true,
        ...(from === undefined ? {} : { ExclusiveStartKey: from }),
      }),
    )
    for (const { sk, version, notBefore } of page.Items ?? []) {
      lanes.push({
        chat: Number(sk),
        version: Number(version),
        notBefore: notBefore === undefined ? 0 : Number(notBefore),
      })
    }
    from = page.LastEvaluatedKey
  } while (from !== undefined)
  return lanes
}
