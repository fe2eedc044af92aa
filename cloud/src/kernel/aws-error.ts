/** Further members of an error's body, such as `Item` or `CancellationReasons`. */
export type ErrorDetails = Readonly<Record<string, unknown>>

/**
 * An error that AWS's protocols can carry: a stable code, a message for a person, an HTTP status for the
 * protocols that need one. `wire` gives it the shape of the protocol at hand.
 */
export class AwsError extends Error {
  override readonly name = 'AwsError'
  readonly code: string
  readonly status: number
  readonly details: ErrorDetails

  constructor(
    code: string,
    message: string,
    options: { status?: number; details?: ErrorDetails; cause?: unknown } = {},
  ) {
    super(message, options.cause === undefined ? {} : { cause: options.cause })
    this.code = code
    this.status = options.status ?? 400
    this.details = options.details ?? {}
  }

  /** Whose fault it was: the caller's (4xx) or ours (5xx). */
  get fault(): 'client' | 'server' {
    return this.status < 500 ? 'client' : 'server'
  }
}

/** What a client is told of a bug: neutral, without a stack trace. The cause is for the log. */
export const internalError = (cause: unknown): AwsError =>
  new AwsError(
    'InternalServerError',
    'The request processing has failed because of an unknown error.',
    {
      status: 500,
      cause,
    },
  )
