import type { Clock } from '../../kernel/index.ts'

/** Counts the execution environments and the waiting payloads of all functions together. */
export type Capacity = {
  /** Takes a place for one more environment. False: there is none, and no idle environment could be retired. */
  readonly take: () => boolean
  readonly free: () => void
  /** How long ago a place was taken last. */
  readonly takenMsAgo: () => number
  /** `evict` retires the function's longest idle environment; `wake` is called when a place has become free. */
  readonly join: (member: Member) => () => void
  /** Takes room for a payload. */
  readonly takeBytes: (count: number) => boolean
  readonly freeBytes: (count: number) => void
  readonly inUse: () => { readonly environments: number; readonly queuedBytes: number }
}

export type Member = {
  /** Since when the longest idle environment has been idle; undefined when all are busy. */
  readonly idleSinceMs: () => number | undefined
  readonly evict: () => void
  readonly wake: () => void
}

export function createCapacity(
  clock: Clock,
  { environmentsMax, queueBytesMax }: { environmentsMax: number; queueBytesMax: number },
): Capacity {
  const members = new Set<Member>()
  let environments = 0
  let takenMs = -Infinity
  let queuedBytes = 0

  function evictOne(): void {
    let longest: Member | undefined
    let sinceMs = Infinity
    for (const member of members) {
      const idleSinceMs = member.idleSinceMs()
      if (idleSinceMs === undefined || idleSinceMs >= sinceMs) continue
      longest = member
      sinceMs = idleSinceMs
    }
    longest?.evict()
  }
  return {
    take() {
      if (environments >= environmentsMax) evictOne()
      if (environments >= environmentsMax) return false
      environments++
      takenMs = clock.now()
      return true
    },
    takenMsAgo: () => clock.now() - takenMs,
    free() {
      environments--
      for (const member of members) member.wake()
    },
    join(member) {
      members.add(member)
      return () => void members.delete(member)
    },
    takeBytes(count) {
      if (queuedBytes + count > queueBytesMax) return false
      queuedBytes += count
      return true
    },
    freeBytes(count) {
      queuedBytes -= count
    },
    inUse: () => ({ environments, queuedBytes }),
  }
}
