import { AwsError, internalError, type Environment } from '../kernel/index.ts'
import { jsonDepthMax } from './limits.ts'

/**
 * What a client is told of a thrown value. An AwsError is the answer; input nested deeper than the stack is the
 * caller's fault; anything else is a bug: reported, and told in neutral words.
 */
export function errorToAnswer(
  environment: Environment,
  operation: string,
  cause: unknown,
  body: Buffer,
): AwsError {
  if (cause instanceof AwsError) {
    if (cause.cause !== undefined && cause.fault === 'server') report(environment, operation, cause)
    return cause
  }
  if (cause instanceof RangeError && nestedDeeply(body)) {
    return new AwsError('SerializationException', 'The input is nested too deeply.')
  }
  report(environment, operation, cause)
  return internalError(cause)
}

function report(environment: Environment, operation: string, cause: unknown): void {
  environment.report({ level: 'error', part: 'wire', message: `${operation} failed`, cause })
}

/** Counts brackets without regard to strings: only asked about input that has already failed. */
function nestedDeeply(body: Buffer): boolean {
  let depth = 0
  let deepest = 0
  for (const byte of body) {
    if (byte === 0x5b || byte === 0x7b) deepest = Math.max(deepest, ++depth)
    else if (byte === 0x5d || byte === 0x7d) depth -= 1
  }
  return deepest > jsonDepthMax
}
