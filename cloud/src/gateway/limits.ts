/** API Gateway, "Quotas for configuring and running a REST API" and "… an HTTP API". Units come last. */

export { gatewayBodyBytesMax } from '../kernel/index.ts'
/** REST APIs: integration timeout, 50 ms to 29 s. */
export const restTimeoutMsMax = 29_000
/** HTTP APIs: maximum integration timeout, 30 s. */
export const httpTimeoutMsMax = 30_000
/** "Use API Gateway Lambda authorizers": a function is waited for no longer than an integration; 10 s on HTTP APIs. */
export const httpAuthorizerTimeoutMsMax = 10_000
/** Default and maximum of `authorizerResultTtlInSeconds`. */
export const authorizerTtlSecondsDefault = 300
export const authorizerTtlSecondsMax = 3600
/** Answers of one function that are kept; the least recently used go first. */
export const authorizerResultsMax = 10_000
/** Signature Version 4: how far a request's time may be from ours. */
export const signatureSkewMsMax = 5 * 60 * 1000
/** Presigned requests: seven days. */
export const presignedSecondsMax = 7 * 24 * 3600
/** "Total combined size of request line and header values". */
export const headerBytesMax = 10_240
/** The largest event and the largest answer of a function: Lambda's 6 MB for synchronous invocations. */
export const functionPayloadBytesMax = 6 * 1024 * 1024
/** Tokens whose signature has been verified and is remembered until they expire. */
export const verifiedTokensMax = 10_000
/** A longer token cannot have come through the header limit. */
export const tokenBytesMax = 10_000
/** Spellings of header names that are remembered. */
export const headerNamesMax = 1_000
