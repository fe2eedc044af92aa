import type { ThrottlingDefinition } from '../../gateway/index.ts'

/** API Gateway, "Quotas": an account's limits a region, which fill in the one that a template leaves out. */
const rateLimitDefault = 10_000
const burstLimitDefault = 5_000

type Settings = {
  readonly ThrottlingRateLimit?: number | undefined
  readonly ThrottlingBurstLimit?: number | undefined
}

/** None when a stage sets no limit, or lifts it with -1. */
export function throttlingOf(settings: Settings | undefined): ThrottlingDefinition | undefined {
  const rate = settings?.ThrottlingRateLimit
  const burst = settings?.ThrottlingBurstLimit
  if ((rate === undefined || rate < 0) && (burst === undefined || burst < 0)) return undefined
  return {
    rateLimit: rate === undefined || rate < 0 ? rateLimitDefault : rate,
    burstLimit: burst === undefined || burst < 0 ? burstLimitDefault : burst,
  }
}
