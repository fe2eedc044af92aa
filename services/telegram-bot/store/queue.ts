import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb'
import { DeleteCommand, QueryCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb'
import type { ChatId, MessageRef } from '../domain/chat.ts'
import type { Draft, Job } from '../domain/job.ts'
import { LEASE_MS, MESSAGE_MAP_SECONDS } from '../domain/limits.ts'
import { jobItem, laneWrite } from './commit.ts'
import { jobKey, laneKey, LANES, leaseKey, messageKey } from './layout.ts'
import { readJob, secondsAfter } from './read-items.ts'
import { writeTogether } from './table.ts'
import type { BotTable, Write } from './table.ts'

/** A chat for which something is queued. */
export type Lane = {
  readonly chat: ChatId
  /** Counts what was queued; a lane is closed only at the version that was seen. */
  readonly version: number
  /** Milliseconds since the epoch: nothing is due before. */
  readonly notBefore: number
}

const JOBS_A_READ = 25

/** The queue of outgoing messages: one lane a chat, worked off in order by one worker at a time. */
export type Queue = {
  readonly lanes: () => Promise<readonly Lane[]>
  readonly lane: (chat: ChatId) => Promise<Lane | undefined>
  /** The lane's next jobs in order. */
  readonly jobs: (chat: ChatId) => Promise<readonly Job[]>
  /** Takes the lane, or keeps it, for LEASE_MS; false while another has it. */
  readonly lease: (chat: ChatId, worker: string, nowMs: number) => Promise<boolean>
  readonly release: (chat: ChatId, worker: string) => Promise<void>
  /** Ends the lane, unless more was queued since `version`. */
  readonly close: (lane: Lane) => Promise<boolean>
  readonly postpone: (chat: ChatId, notBefore: number) => Promise<void>
  /** Counts a failed attempt. */
  readonly countAttempt: (job: Job) => Promise<void>
  /** Takes the job off the queue, and remembers which messages it made. */
  readonly finish: (job: Job, messages: readonly SentMessage[], nowMs: number) => Promise<void>
  /** Takes the job off the queue, and queues what follows from it. */
  readonly replace: (job: Job, drafts: readonly Draft[]) => Promise<void>
  /** Wakes whoever follows the table's stream. */
  readonly touch: (chat: ChatId) => Promise<void>
}

/** A message that a job made in the lane's chat, and the one that it relays. */
export type SentMessage = { readonly source: MessageRef; readonly message: number }

export function queue(table: BotTable): Queue {
  const { client, name: TableName } = table

  async function holds(command: UpdateCommand | DeleteCommand): Promise<boolean> {
    try {
      // One call for each kind, because `send` is declared a command at a time.
      await (command instanceof UpdateCommand ? client.send(command) : client.send(command))
      return true
    } catch (error) {
      if (error instanceof ConditionalCheckFailedException) return false
      throw error
    }
  }

  async function lanesWhere(sort: ChatId | undefined): Promise<Lane[]> {
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

  const removal = (job: Job): Write => ({
    Delete: {
      TableName,
      Key: jobKey(job.to, job.key),
      ConditionExpression: 'attribute_exists(pk)',
    },
  })

  return {
    lanes: () => lanesWhere(undefined),
    lane: async (chat) => (await lanesWhere(chat))[0],

    async jobs(chat) {
      const { Items = [] } = await client.send(
        new QueryCommand({
          TableName,
          KeyConditionExpression: 'pk = :pk AND begins_with(sk, :job)',
          ExpressionAttributeValues: { ':pk': jobKey(chat, '').pk, ':job': 'job#' },
          ConsistentRead: true,
          Limit: JOBS_A_READ,
        }),
      )
      return Items.map(readJob)
    },

    lease: (chat, worker, nowMs) =>
      holds(
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

    async release(chat, worker) {
      await holds(
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
        new DeleteCommand({
          TableName,
          Key: laneKey(chat),
          ConditionExpression: 'version = :version',
          ExpressionAttributeValues: { ':version': version },
        }),
      ),

    async postpone(chat, notBefore) {
      await holds(
        new UpdateCommand({
          TableName,
          Key: laneKey(chat),
          UpdateExpression: 'SET notBefore = :notBefore',
          ConditionExpression: 'attribute_exists(pk)',
          ExpressionAttributeValues: { ':notBefore': notBefore },
        }),
      )
    },

    async countAttempt(job) {
      await holds(
        new UpdateCommand({
          TableName,
          Key: jobKey(job.to, job.key),
          UpdateExpression: 'ADD attempts :one',
          ConditionExpression: 'attribute_exists(pk)',
          ExpressionAttributeValues: { ':one': 1 },
        }),
      )
    },

    async finish(job, messages, nowMs) {
      const token = job.relays?.token ?? ''
      const expiresAt = secondsAfter(nowMs, MESSAGE_MAP_SECONDS)
      const relayed = job.relays?.header === true ? [] : messages
      await writeTogether(table, [
        removal(job),
        ...messages.map(({ source, message }) => ({
          Put: {
            TableName,
            Item: {
              ...messageKey({ chat: job.to, message }),
              chat: source.chat,
              messages: [source.message],
              token,
              expiresAt,
            },
          },
        })),
        ...relayed.map(({ source, message }) => ({
          Update: {
            TableName,
            Key: messageKey(source),
            UpdateExpression:
              'SET chat = :chat, #token = :token, expiresAt = :expiresAt, messages = list_append(if_not_exists(messages, :none), :message)',
            ExpressionAttributeNames: { '#token': 'token' },
            ExpressionAttributeValues: {
              ':chat': job.to,
              ':token': token,
              ':expiresAt': expiresAt,
              ':none': [],
              ':message': [message],
            },
          },
        })),
      ])
    },

    async replace(job, drafts) {
      const lanes = [...new Set(drafts.map((draft) => draft.to))]
      await writeTogether(table, [
        removal(job),
        ...drafts.map((draft, at) => ({
          Put: { TableName, Item: jobItem(draft, `${job.key}-${at}`) },
        })),
        ...lanes.map((lane) => laneWrite(TableName, lane)),
      ])
    },

    async touch(chat) {
      await holds(
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
