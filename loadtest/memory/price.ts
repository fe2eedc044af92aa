/** "AWS Lambda Pricing", us-east-1, first tier, November 2026. */
const USD_PER_GB_SECOND = { x86_64: 0.0000166667, arm64: 0.0000133334 } as const
export const USD_PER_MILLION_REQUESTS = 0.2

export type Architecture = keyof typeof USD_PER_GB_SECOND

/** What a million invocations cost that are billed so many GB-seconds each. */
export const usdPerMillion = (gbSeconds: number, architecture: Architecture): number =>
  gbSeconds * 1e6 * USD_PER_GB_SECOND[architecture] + USD_PER_MILLION_REQUESTS
