/** Lambda's quotas ("Lambda quotas") and what this implementation allows itself. Units come last. */

/** Synchronous invocation payload, request. */
export const syncPayloadBytesMax = 6 * 1024 * 1024
/** Asynchronous invocation payload: 1 MB since October 2025, 256 KB before. */
export const asyncPayloadBytesMax = 1024 * 1024
/** The tail of the log that Invoke returns with LogType=Tail. */
export const logTailBytesMax = 4 * 1024
/** Memory of a function ("Configure Lambda function memory") and its timeout ("Lambda quotas"). */
export const functionMemoryMbMin = 128
export const functionMemoryMbMax = 10_240
export const functionTimeoutSecondsMax = 900
/** Initialisation that takes longer is stopped ("Understanding the Lambda execution environment lifecycle"). */
export const initMsMax = 10_000
/** "How Lambda handles errors and retries with asynchronous invocation". */
export const asyncRetriesDefault = 2
export const asyncEventAgeSecondsDefault = 6 * 60 * 60
/** Waits before the first and the second retry of an asynchronous invocation. */
export const asyncRetryDelaysMs: readonly number[] = [60_000, 120_000]
/** Waits after throttles grow from the first of these to the second. */
export const asyncThrottleDelayMsMin = 1_000
export const asyncThrottleDelayMsMax = 5 * 60_000

/** How many execution environments there may be, and when their number changes. */
export type LambdaLimits = {
  /** Worker threads in all. */
  readonly environmentsMax: number
  /** Worker threads of one function. */
  readonly environmentsPerFunctionMax: number
  /** Worker threads of one function that may be starting at a time. */
  readonly startingMax: number
  /** A request that has waited so long asks for another environment. */
  readonly growAfterMs: number
  /** The same while the processors are busy: only when no request was answered for so long. */
  readonly growAfterWhenBusyMs: number
  /** How often waiting requests are looked at. */
  readonly growthCheckMs: number
  /** An environment beyond the first is retired when it has been idle so long. */
  readonly surplusIdleMs: number
  /** The last environment of a function is retired when it has been idle so long. */
  readonly lastIdleMs: number
  /** Requests of one function that may wait; beyond, callers get TooManyRequestsException. */
  readonly queueLengthMax: number
  /** Payloads that may wait, over all functions. */
  readonly queueBytesMax: number
  /** Requests handed to an environment before it has answered, the running one included. */
  readonly prefetchMax: number
  /** Requests are handed over ahead only while a function takes no longer than this on average. */
  readonly prefetchWhileMs: number
  /** Asynchronous events that may wait, over all functions. */
  readonly asyncQueueLengthMax: number
  readonly asyncQueueBytesMax: number
  /** Asynchronous events of one function that run at a time. */
  readonly asyncConcurrencyMax: number
  /** How long a line of output may wait before the sink gets it. */
  readonly logDelayMs: number
}

export const defaultLimits: LambdaLimits = {
  environmentsMax: 96,
  environmentsPerFunctionMax: 64,
  startingMax: 2,
  growAfterMs: 15,
  growAfterWhenBusyMs: 1_000,
  growthCheckMs: 5,
  surplusIdleMs: 15_000,
  lastIdleMs: 15 * 60_000,
  queueLengthMax: 2_000,
  queueBytesMax: 128 * 1024 * 1024,
  prefetchMax: 8,
  prefetchWhileMs: 2,
  asyncQueueLengthMax: 20_000,
  asyncQueueBytesMax: 64 * 1024 * 1024,
  asyncConcurrencyMax: 32,
  logDelayMs: 100,
}
/** The result of a synchronous invocation: 100 bytes more than the request, observed on AWS. */
export const responseBytesMax = 6 * 1024 * 1024 + 100
