/**
 * On-demand prices of us-east-1 in USD, without free tiers. AWS's price pages fill in their numbers by script, so that
 * their stored text has none: each figure was compared, on 21 November 2026, with the second source named beside it.
 * Prices change: look before a decision is made.
 */
export const prices = {
  /**
   * "Amazon DynamoDB pricing", on-demand, standard table class; halved in November 2024. Compared with "Amazon DynamoDB
   * Pricing: On-Demand & Provisioned Plans" (airbyte.com, July 2025): $0.625 and $0.125 a million.
   */
  writeUnit: 0.625 / 1e6,
  readUnit: 0.125 / 1e6,
  /** The same page, which says it in its own text: "prices start from $0.25 per GB-month", beyond the free 25 GB. */
  storageGbMonth: 0.25,
  /** "AWS Lambda Pricing": requests. Compared with "AWS Lambda Pricing Breakdown" (cloudchipr.com, 2024). */
  invocation: 0.2 / 1e6,
  /** The same page, arm64, first 7.5 billion GB-seconds. Compared with the same. */
  gbSecond: 0.0000133334,
  /** "Amazon API Gateway pricing", HTTP APIs, the first 300 million a month. Compared with awsforengineers.com, May 2025. */
  httpApiRequest: 1 / 1e6,
  /** "Amazon CloudWatch Pricing", logs, collected, standard class. Compared with c3x.dev, "us-east-1, June 2026". */
  logsGb: 0.5,
  /** "Amazon EC2 On-Demand Pricing", transfer out to the internet, first tier. Compared with awsforengineers.com, May 2025. */
  transferOutGb: 0.09,
} as const

/** Default quotas of a new account and fixed limits, read in the documentation pages named, 21 November 2026. */
export const quotas = {
  /**
   * "Amazon API Gateway quotas": "Throttle quota per account, per Region across HTTP APIs, REST APIs, WebSocket APIs":
   * 10,000 requests a second; can be raised. In Europe (Milan, Spain, Zurich) and others it is 2,500.
   */
  apiRequestsPerSecond: 10_000,
  /** "Lambda quotas": concurrent executions; can be raised. "New AWS accounts have reduced concurrency" at first. */
  lambdaConcurrency: 1000,
  /** "Quotas in Amazon DynamoDB", "DynamoDB on-demand capacity mode": 40,000 a table; can be raised. */
  tableWriteUnitsPerSecond: 40_000,
  /** "DynamoDB on-demand capacity mode", initial throughput: 4,000 writes a second, then twice the last peak at once. */
  newTableWriteUnitsPerSecond: 4000,
  /** "Understanding DynamoDB warm throughput in different scenarios": 1,000 write units a second a partition; fixed. */
  partitionWriteUnitsPerSecond: 1000,
} as const
