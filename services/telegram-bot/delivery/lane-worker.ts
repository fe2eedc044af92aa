import type { Api } from 'grammy'
import type { BotParts } from '../bot/ports.ts'
import type { ChatId } from '../domain/chat.ts'
import { onlyOnce } from '../domain/job.ts'
import type { Job } from '../domain/job.ts'
import { LEASE_MS } from '../domain/limits.ts'
import { findCounterpart } from '../store/find-counterpart.ts'
import type { Made, Queue } from '../store/queue.ts'
import { afterOwnError, afterRefusal } from './failed-job.ts'
import type { Next } from './failed-job.ts'
import { perform, weightOf } from './perform.ts'
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
  let made: Made
  try {
    made = await perform(api, job, (message) =>
      findCounterpart(parts.memory, parts.environment, message),
    )
  } catch (error) {
    const refusal = refusalOf(error)
    return refusal === undefined
      ? afterOwnError(tools, job, error)
      : afterRefusal(tools, job, refusal)
  }
  await queue.finish(job, made, parts.environment.now())
  return made.more.length > 0 ? 'read again' : 'go on'
}
