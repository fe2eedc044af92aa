import type { ThrottlingDefinition } from './definitions.ts'

/**
 * A token bucket (API Gateway, "Throttle requests to your REST APIs"): `burstLimit` requests at once, refilled by
 * `rateLimit` a second.
 */
export function tokenBucket(limits: ThrottlingDefinition): (nowMs: number) => boolean {
  let tokens = limits.burstLimit
  let filledMs: number | undefined
  return (nowMs) => {
    const passedMs = Math.max(0, nowMs - (filledMs ?? nowMs))
    tokens = Math.min(limits.burstLimit, tokens + (passedMs * limits.rateLimit) / 1000)
    filledMs = nowMs
    if (tokens < 1) return false
    tokens -= 1
    return true
  }
}

/** Several buckets that must all have a token; undefined limits never refuse. */
export function throttle(
  ...limits: (ThrottlingDefinition | undefined)[]
): ((nowMs: number) => boolean) | undefined {
  const buckets = limits.filter((each) => each !== undefined).map(tokenBucket)
  return buckets.length === 0 ? undefined : (nowMs) => buckets.every((take) => take(nowMs))
}
