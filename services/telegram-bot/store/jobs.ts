import { randomUUID } from 'node:crypto'
import { QueryCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb'
import type { Draft, Job } from '../domain/job.ts'
import { MESSAGE_MAP_SECONDS } from '../domain/limits.ts'
import { jobItem, laneWrite } from './commit.ts'
import { holds } from './holds.ts'
import { followingOrder, jobKey, messageKey } from './layout.ts'
import type { Queue, SentMessage } from './queue.ts'
import { readJob, secondsAfter } from './read-items.ts'
import { writeTogether } from './table.ts'
import type { BotTable, Write } from './table.ts'

const JOBS_A_READ = 25

type JobQueue = Pick<Queue, 'jobs' | 'seal' | 'claim' | 'tryAgain' | 'finish' | 'replace'>

/** The jobs of a lane. */
export function jobQueue(table: BotTable): JobQueue {
  const { client, name: TableName } = table
  const removal = (job: Job): Write => ({
    Delete: {
      TableName,
      Key: jobKey(job.to, job.key),
      ConditionExpression: 'attribute_exists(pk)',
    },
  })

  return {
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

    async seal(job) {
      const { Attributes } = await client.send(
        new UpdateCommand({
          TableName,
          Key: jobKey(job.to, job.key),
          UpdateExpression: 'SET sealed = :yes',
          ConditionExpression: 'attribute_exists(pk)',
          ExpressionAttributeValues: { ':yes': true },
          ReturnValues: 'ALL_NEW',
        }),
      )
      return readJob(Attributes ?? {})
    },

    claim: (job) =>
      holds(
        client,
        new UpdateCommand({
          TableName,
          Key: jobKey(job.to, job.key),
          UpdateExpression: 'SET claim = :claim',
          // Its own name for every try: the SDK may repeat this very write after a lost answer.
          ConditionExpression:
            'attribute_exists(pk) AND (attribute_not_exists(claim) OR claim = :claim)',
          ExpressionAttributeValues: { ':claim': randomUUID() },
        }),
      ),

    async tryAgain(job, counts) {
      await holds(
        client,
        new UpdateCommand({
          TableName,
          Key: jobKey(job.to, job.key),
          UpdateExpression: 'ADD attempts :counted REMOVE claim',
          ConditionExpression: 'attribute_exists(pk)',
          ExpressionAttributeValues: { ':counted': counts ? 1 : 0 },
        }),
      )
    },

    async finish(job, { sent, more }, nowMs) {
      await writeTogether(table, [
        removal(job),
        ...counterpartWrites(TableName, job, sent, nowMs),
        ...followingWrites(TableName, job, more),
      ])
    },

    async replace(job, drafts) {
      await writeTogether(table, [removal(job), ...followingWrites(TableName, job, drafts)])
    },
  }
}

/** Queues what follows from a job, before what comes after that job. */
function followingWrites(TableName: string, { key }: Job, drafts: readonly Draft[]): Write[] {
  const lanes = [...new Set(drafts.map((draft) => draft.to))]
  return [
    ...drafts.map((draft, at) => ({
      Put: { TableName, Item: jobItem(draft, followingOrder(key, at)) },
    })),
    ...lanes.map((lane) => laneWrite(TableName, lane)),
  ]
}

/** Remembers, from both sides, which message stands for which. */
function counterpartWrites(
  TableName: string,
  job: Job,
  messages: readonly SentMessage[],
  nowMs: number,
): Write[] {
  const token = job.relays?.token ?? ''
  const expiresAt = secondsAfter(nowMs, MESSAGE_MAP_SECONDS)
  const relayed = job.relays?.header === true ? [] : messages
  return [
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
  ]
}
