import type { ChatId } from '../domain/chat.ts'
import { LEASE_RENEWAL_MS } from '../domain/limits.ts'
import { workLane } from './lane-worker.ts'
import type { LaneTools } from './lane-worker.ts'
import type { Lane } from '../store/queue.ts'

/** Looked at this often while something waits: what another process queued, leases that ended. */
const LOOK_MS = 1_000
const LANES_AT_ONCE = 40

export type Deliverer = {
  /** Something was queued. */
  readonly wake: () => void
  /**
   * Delivers what is due, and goes on until `untilMs`, or with `whenEmpty` until nothing is queued any more.
   *
   * @returns the chats for which something is left
   */
  readonly run: (options: {
    readonly untilMs: number
    readonly whenEmpty: 'return' | 'wait'
  }) => Promise<readonly ChatId[]>
  /** Lets what is being delivered come to its end, and ends `run`. */
  readonly stop: () => void
}

export function deliverer(tools: Omit<LaneTools, 'untilMs'>): Deliverer {
  const { parts, queue, worker } = tools
  const { now, sleep } = parts.environment
  const working = new Map<ChatId, Promise<void>>()
  /** Chats that another worker has, or whose delivery failed for a reason of ours: left alone until then. */
  const avoided = new Map<ChatId, number>()
  let endsMs = 0
  let stopped = false
  let woken = signal()

  const laneTools: LaneTools = { ...tools, untilMs: () => (stopped ? 0 : endsMs) }

  const dueAt = (chat: ChatId, notBefore: number): number =>
    Math.max(notBefore, avoided.get(chat) ?? 0)

  async function attempt(chat: ChatId): Promise<void> {
    try {
      const outcome = await workLane(laneTools, chat)
      if (outcome === 'busy') avoided.set(chat, now() + LOOK_MS)
      else avoided.delete(chat)
    } catch (error) {
      avoided.set(chat, now() + LOOK_MS)
      parts.log.error('Delivery failed', { chat, error })
    }
    working.delete(chat)
    woken.raise()
  }

  const work = (chat: ChatId): void => void working.set(chat, attempt(chat))

  /** Keeps the leases of the lanes that are worked on, so that they can be short. */
  async function renewLeases(running: AbortSignal): Promise<void> {
    for (;;) {
      await sleep(LEASE_RENEWAL_MS, running)
      if (running.aborted) return
      await Promise.allSettled([...working.keys()].map((chat) => queue.renew(chat, worker, now())))
    }
  }

  /** Begins what is due; the moment to look again. */
  function begin(lanes: readonly Lane[], untilMs: number): number {
    for (const { chat, notBefore } of lanes) {
      if (working.size >= LANES_AT_ONCE) break
      if (dueAt(chat, notBefore) <= now() && !working.has(chat)) work(chat)
    }
    const due = lanes.flatMap(({ chat, notBefore }) =>
      working.has(chat) ? [] : [dueAt(chat, notBefore)],
    )
    return Math.min(now() + LOOK_MS, untilMs, ...due.filter((each) => each > now()))
  }

  const run: Deliverer['run'] = async ({ untilMs, whenEmpty }) => {
    endsMs = untilMs
    for (;;) {
      woken = signal()
      const lanes = await queue.lanes()
      const over = stopped || now() >= untilMs
      if (over || (lanes.length === 0 && working.size === 0 && whenEmpty === 'return')) {
        await Promise.all(working.values())
        return over ? (await queue.lanes()).map((lane) => lane.chat) : []
      }
      const nextMs = begin(lanes, untilMs)
      await Promise.race([woken.raised, sleep(Math.max(1, nextMs - now()))])
    }
  }

  return {
    wake: () => woken.raise(),
    stop() {
      stopped = true
      woken.raise()
    },
    async run(options) {
      const running = new AbortController()
      void renewLeases(running.signal)
      try {
        return await run(options)
      } finally {
        running.abort()
      }
    },
  }
}

/** Something that is waited for, by name of what happened. */
function signal(): { readonly raised: Promise<void>; readonly raise: () => void } {
  let raise = (): void => undefined
  const raised = new Promise<void>((resolve) => {
    raise = resolve
  })
  return { raised, raise }
}
