/**
 * On-demand prices of us-east-1 in USD, without free tiers, as AWS's price pages have them in November 2026. Each is
 * named with its page's title. Prices change: look before a decision is made.
 */
export const prices = {
  /** "Amazon DynamoDB pricing for on-demand capacity" (halved in November 2024). */
  writeUnit: 0.625 / 1e6,
  readUnit: 0.125 / 1e6,
  /** Standard table class. */
  storageGbMonth: 0.25,
  /** "AWS Lambda Pricing": requests, and GB-seconds on arm64. */
  invocation: 0.2 / 1e6,
  gbSecond: 0.0000133334,
  /** "Amazon API Gateway pricing": HTTP APIs, the first 300 million a month. */
  httpApiRequest: 1 / 1e6,
  /** "Amazon CloudWatch Pricing": logs, collected (standard class). */
  logsGb: 0.5,
  /** "Amazon EC2 On-Demand Pricing", data transfer out to the internet, first tier. */
  transferOutGb: 0.09,
} as const

/** Default quotas of a new account and fixed limits, by the titles of AWS's pages. */
export const quotas = {
  /** "Amazon API Gateway quotas": requests a second, all APIs of a region together; can be raised. */
  apiRequestsPerSecond: 10_000,
  /** "Lambda quotas": concurrent executions; can be raised. */
  lambdaConcurrency: 1000,
  /** "Quotas in Amazon DynamoDB": on-demand, a table; can be raised. */
  tableWriteUnitsPerSecond: 40_000,
  /** "DynamoDB on-demand capacity mode": what a new table takes at once, before it has grown. */
  newTableWriteUnitsPerSecond: 4000,
  /** "Best practices for designing and using partition keys effectively": a partition, fixed. */
  partitionWriteUnitsPerSecond: 1000,
} as const
