/** Limits that belong to no single part. A part's own limits stand in its `limits.ts`. Units come last. */

/** The largest request body that the AWS endpoint reads: DynamoDB takes 16 MB batches plus JSON's overhead. */
export const requestBodyBytesMax = 32 * 1024 * 1024
/** API Gateway, "Quotas for configuring and running a REST API": payload size 10 MB. */
export const gatewayBodyBytesMax = 10 * 1024 * 1024
