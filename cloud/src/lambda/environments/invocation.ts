/** A request on its way to an execution environment. */
export type Invocation = {
  readonly requestId: string
  /** The X-Ray tracing header. */
  readonly traceId: string
  /** JSON text, or empty. */
  readonly clientContext: string
  /** JSON text. */
  readonly payload: string
  /** Whether the caller wants the end of the log. */
  readonly wantsTail: boolean
  readonly queuedMs: number
  readonly settle: (outcome: Outcome) => void
  /** The request could not be run: the function is gone or the cloud stops. */
  readonly reject: (error: Error) => void
}

/** How an invocation ended. */
export type Outcome = {
  /** JSON text: the result, or `{"errorType","errorMessage","trace"}`. */
  readonly payload: string
  readonly failed: boolean
  /** The end of the log, when asked for. */
  readonly logTail?: string
}

export const failure = (errorType: string, errorMessage: string): Outcome => ({
  payload: JSON.stringify({ errorType, errorMessage }),
  failed: true,
})
