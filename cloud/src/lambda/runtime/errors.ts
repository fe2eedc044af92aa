import { types } from 'node:util'

/** An error of the runtime itself; its name is what callers see as errorType, for example `Runtime.HandlerNotFound`. */
export class RuntimeError extends Error {
  override readonly name: string
  constructor(name: string, message: string) {
    super(message)
    this.name = name
  }
}

type ErrorLike = { readonly name: string; readonly message: string; readonly stack?: string }

function isErrorLike(value: unknown): value is ErrorLike {
  if (types.isNativeError(value)) return true
  return (
    typeof value === 'object' &&
    value !== null &&
    'name' in value &&
    'message' in value &&
    'stack' in value &&
    typeof value.name === 'string' &&
    typeof value.message === 'string' &&
    typeof value.stack === 'string'
  )
}

/**
 * The payload of a failed invocation: `{"errorType","errorMessage","trace"}`, as Lambda's Node runtimes write it
 * ("AWS Lambda function errors in Node.js"). Never throws, whatever the function threw.
 */
export function errorPayload(error: unknown): string {
  try {
    if (isErrorLike(error)) {
      return JSON.stringify({
        errorType: error.name,
        errorMessage: error.message,
        ...(error instanceof UnhandledRejection ? { reason: rejectionReason(error.reason) } : {}),
        ...(error instanceof UnhandledRejection ? { promise: {} } : {}),
        trace: error.stack?.split('\n') ?? [],
      })
    }
    return JSON.stringify({ errorType: typeof error, errorMessage: String(error), trace: [] })
  } catch {
    return JSON.stringify({
      errorType: 'handled',
      errorMessage:
        'callback called with Error argument, but there was a problem while retrieving one or more of its message, name, and stack',
    })
  }
}

/** A promise that was rejected with nobody to hear it. */
export class UnhandledRejection extends RuntimeError {
  readonly reason: unknown
  constructor(reason: unknown) {
    super('Runtime.UnhandledPromiseRejection', describe(reason))
    this.reason = reason
  }
}

function rejectionReason(reason: unknown): unknown {
  if (!isErrorLike(reason)) return reason
  return {
    errorType: reason.name,
    errorMessage: reason.message,
    trace: reason.stack?.split('\n') ?? [],
  }
}

function describe(reason: unknown): string {
  try {
    return String(reason)
  } catch {
    return 'a value that has no text'
  }
}

/** How an error stands in the log, for example after `Invoke Error\t`: JSON with type, message, code and stack. */
export function errorForLog(error: unknown): string {
  try {
    const known = error instanceof Error ? error : new Error(String(error))
    return JSON.stringify(known, (_key, value: unknown) => withErrorFields(value))
  } catch {
    return errorPayload(error)
  }
}

function withErrorFields(value: unknown): unknown {
  if (!(value instanceof Error)) return value
  const code: unknown = 'code' in value ? value.code : undefined
  const stack: unknown = value.stack
  return Object.assign(
    { errorType: value.name, errorMessage: value.message },
    code === undefined ? {} : { code },
    value,
    typeof stack === 'string' ? { stack: stack.split('\n') } : {},
  )
}
