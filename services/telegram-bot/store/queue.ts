import type { ChatId, MessageRef } from '../domain/chat.ts'
import type { Draft, Job } from '../domain/job.ts'
import { jobQueue } from './jobs.ts'
import { laneQueue } from './lanes.ts'
import type { BotTable } from './table.ts'

/** A chat for which something is queued. */
export type Lane = {
  readonly chat: ChatId
  /** Counts what was queued; a lane is closed only at the version that was seen. */
  readonly version: number
  /** Milliseconds since the epoch: nothing is due before. */
  readonly notBefore: number
}

/** The queue of outgoing messages: one lane a chat, worked off in order by one worker at a time. */
export type Queue = {
  readonly lanes: () => Promise<readonly Lane[]>
  readonly lane: (chat: ChatId) => Promise<Lane | undefined>
  /** The lane's next jobs in order. */
  readonly jobs: (chat: ChatId) => Promise<readonly Job[]>
  /** Takes the lane, or keeps it, for LEASE_MS; false while another has it. */
  readonly lease: (chat: ChatId, worker: string, nowMs: number) => Promise<boolean>
  /** Keeps a lane that the worker still has. */
  readonly renew: (chat: ChatId, worker: string, nowMs: number) => Promise<boolean>
  readonly release: (chat: ChatId, worker: string) => Promise<void>
  /** Ends the lane, unless more was queued since `version`. */
  readonly close: (lane: Lane) => Promise<boolean>
  readonly postpone: (chat: ChatId, notBefore: number) => Promise<void>
  /** Lets no further piece into an album that is about to be sent; the job with all that are in it. */
  readonly seal: (job: Job) => Promise<Job>
  /** Notes that a try to send the job begins; false where one began before, so that it may have been sent. */
  readonly claim: (job: Job) => Promise<boolean>
  /** Notes that a job was not sent after all, and counts the attempt where it `counts`. */
  readonly tryAgain: (job: Job, counts: boolean) => Promise<void>
  /** Takes the job off the queue, remembers which messages it made, and queues what follows from it. */
  readonly finish: (job: Job, made: Made, nowMs: number) => Promise<void>
  /** Takes the job off the queue, and queues what follows from it. */
  readonly replace: (job: Job, drafts: readonly Draft[]) => Promise<void>
  /** Wakes whoever follows the table's stream. */
  readonly touch: (chat: ChatId) => Promise<void>
}

/** A message that a job made in the lane's chat, and the one that it relays. */
export type SentMessage = { readonly source: MessageRef; readonly message: number }

/** What a job comes to. */
export type Made = {
  readonly sent: readonly SentMessage[]
  /** Further jobs that came out of it. */
  readonly more: readonly Draft[]
}

export const queue = (table: BotTable): Queue => ({ ...laneQueue(table), ...jobQueue(table) })
