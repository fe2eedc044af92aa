import type { Clock } from '../../kernel/index.ts'

/** Lets `burst` calls of one caller through at once, and `perSecond` more each second; false to refuse. */
export type RateLimit = (caller: string) => boolean

const callersMax = 10_000

/** Token buckets in memory, one a caller; a bucket that is full again is forgotten. */
export function rateLimit(
  clock: Clock,
  limits: { readonly perSecond: number; readonly burst: number },
): RateLimit {
  const buckets = new Map<string, { tokens: number; atMs: number }>()
  const filled = (bucket: { tokens: number; atMs: number }, nowMs: number): number =>
    Math.min(limits.burst, bucket.tokens + ((nowMs - bucket.atMs) / 1000) * limits.perSecond)

  return (caller) => {
    const nowMs = clock.now()
    const bucket = buckets.get(caller)
    const tokens = bucket === undefined ? limits.burst : filled(bucket, nowMs)
    if (bucket === undefined && buckets.size >= callersMax) {
      for (const [key, each] of buckets) {
        if (filled(each, nowMs) >= limits.burst) buckets.delete(key)
      }
      if (buckets.size >= callersMax) buckets.clear()
    }
    const allowed = tokens >= 1
    buckets.set(caller, { tokens: allowed ? tokens - 1 : tokens, atMs: nowMs })
    return allowed
  }
}
