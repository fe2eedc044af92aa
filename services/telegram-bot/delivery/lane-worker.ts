import type { Api } from 'grammy'
import type { BotParts } from '../bot/ports.ts'
import { migration } from '../bot/chat-changes.ts'
import type { ChatId } from '../domain/chat.ts'
import { draftOf, onlyOnce } from '../domain/job.ts'
import type { Draft, Job } from '../domain/job.ts'
import { LEASE_MS } from '../domain/limits.ts'
import { sentencesIn } from '../domain/sentences/sentences.ts'
import { consequenceOf } from '../domain/telegram-failure.ts'
import type { Consequence, Refusal } from '../domain/telegram-failure.ts'
import { markUnreachable, moveChat } from '../store/chat-writes.ts'
import { findCounterpart } from '../store/find-counterpart.ts'
import type { Queue } from '../store/queue.ts'
import { perform, weightOf } from './perform.ts'
import type { Performed } from './perform.ts'
import type { Pace } from './pace.ts'
import { refusalOf } from './refusal.ts'

export type LaneTools = {
  readonly parts: Pick<BotParts, 'table' | 'memory' | 'environment' | 'log'>
  readonly api: Api
  readonly queue: Queue
  readonly pace: Pace
  /** Names this worker among those that may deliver at the same time. */
  readonly worker: string
  /** Milliseconds since the epoch: no wait reaches beyond. */
  readonly untilMs: () => number
}

/** Nothing is sent on an older lease than this; deliverer.ts renews those in use. */
const LEASE_TRUSTED_MS = LEASE_MS / 2

/**
 * Delivers a chat's queue in order until it is empty, something has to wait, or time is up. The queue is one
 * worker's at a time; a worker that died loses it when its lease ends.
 */
export async function workLane(tools: LaneTools, chat: ChatId): Promise<'worked' | 'busy'> {
  const { queue, worker, parts } = tools
  const { now } = parts.environment
  // Busy: another delivers. It sees what was added, or its lease ends.
  if (!(await queue.lease(chat, worker, now()))) return 'busy'
  try {
    await drain(tools, chat)
    return 'worked'
  } finally {
    await queue.release(chat, worker)
  }
}

async function drain(tools: LaneTools, chat: ChatId): Promise<void> {
  const { queue, worker, parts } = tools
  const { now } = parts.environment
  let leasedAt = now()
  for (;;) {
    const lane = await queue.lane(chat)
    if (lane === undefined || lane.notBefore > now()) return
    const jobs = await queue.jobs(chat)
    if (jobs.length === 0 && (await queue.close(lane))) return
    for (const job of jobs) {
      if (job.dueAt !== undefined && job.dueAt > now()) {
        await queue.postpone(chat, job.dueAt)
        return
      }
      if (!(await keepPace(tools, job))) return
      if (now() - leasedAt > LEASE_TRUSTED_MS) {
        if (!(await queue.lease(chat, worker, now()))) return
        leasedAt = now()
      }
      const next = await deliver(tools, job)
      if (next === 'wait') return
      if (next === 'read again') break
    }
  }
}

/** False where the job's moment lies beyond our time. */
async function keepPace({ parts, pace, untilMs, queue }: LaneTools, job: Job): Promise<boolean> {
  const { now, sleep } = parts.environment
  const waitMs = pace.reserve(job.to, weightOf(job.action), now())
  if (now() + waitMs > untilMs()) {
    await queue.postpone(job.to, now() + waitMs)
    return false
  }
  if (waitMs > 0) await sleep(waitMs)
  return true
}

/** `read again`: something else may come next than what was read. */
type Next = 'go on' | 'wait' | 'read again'

async function deliver(tools: LaneTools, queued: Job): Promise<Next> {
  const { api, queue, parts } = tools
  const job = queued.action.kind === 'album' ? await queue.seal(queued) : queued
  if (onlyOnce(job) && !(await queue.claim(job))) {
    parts.log.warn('An answer may have been sent before a crash, and is left at that', {
      chat: job.to,
    })
    await queue.replace(job, [])
    return 'go on'
  }
  let performed: Performed
  try {
    performed = await perform(api, job, (message) =>
      findCounterpart(parts.memory, parts.environment, message),
    )
  } catch (error) {
    const refusal = refusalOf(error)
    if (refusal !== undefined) return follow(tools, job, refusal)
    await queue.tryAgain(job, false)
    throw error
  }
  const { sent, more } = performed
  if (more.length > 0) {
    await queue.replace(job, more)
    return 'read again'
  }
  await queue.finish(job, sent, parts.environment.now())
  return 'go on'
}

async function follow(tools: LaneTools, job: Job, refusal: Refusal): Promise<Next> {
  const { queue, parts } = tools
  const { now, random } = parts.environment
  const { attempts } = job
  const consequence = consequenceOf(refusal, { attempts, once: onlyOnce(job) }, random)
  parts.log.warn('Telegram refused a message', {
    chat: job.to,
    action: job.action.kind,
    code: refusal.code,
    description: refusal.description,
    next: consequence.next,
  })
  switch (consequence.next) {
    case 'wait':
      await queue.tryAgain(job, consequence.counts)
      await queue.postpone(job.to, now() + consequence.waitMs)
      return 'wait'
    case 'move':
      await moveChat(parts.table, await migration(parts, job.to, consequence.to))
      await queue.replace(job, [{ ...draftOf(job), to: consequence.to }])
      return 'read again'
    case 'without topic':
      await queue.replace(job, [{ ...draftOf(job), threadId: undefined }])
      return 'read again'
    case 'unreachable':
      await markUnreachable(parts.table, job.to)
      await queue.replace(job, notices(job, consequence, refusal))
      return 'read again'
    case 'done':
    case 'leave':
    case 'give up':
      await queue.replace(job, notices(job, consequence, refusal))
      return 'read again'
  }
}

/** Tells the sender of a message that it did not arrive. The line before a media message has no notice of its own. */
function notices({ relays }: Job, { next }: Consequence, { description }: Refusal): Draft[] {
  if (relays === undefined || relays.header === true || next === 'done') return []
  const { source, language, threadId } = relays
  const sentences = sentencesIn(language)
  const text =
    next === 'unreachable' ? sentences.peerUnreachable : sentences.notDelivered(description)
  return [{ to: source.chat, threadId, replyTo: source, action: { kind: 'text', text } }]
}
