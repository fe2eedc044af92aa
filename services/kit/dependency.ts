import { HttpProblem } from './problem.ts'

const NETWORK_CODES = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EPIPE',
  'ETIMEDOUT',
  'EHOSTUNREACH',
])

const NETWORK_NAMES = new Set(['TimeoutError', 'AbortError', 'CredentialsProviderError'])

/** Client errors of an AWS service that only a wrong call of ours can cause: bugs, not failures. */
const OUR_MISTAKES = new Set(['ValidationException', 'SerializationException'])

const text = (error: object, field: string): string => {
  const value: unknown = Reflect.get(error, field)
  return typeof value === 'string' ? value : ''
}

/** True when `error` tells that something we depend on did not answer, or answered with a failure. */
export function isUnavailable(error: unknown): boolean {
  if (!(error instanceof Error)) return false
  if (OUR_MISTAKES.has(error.name)) return false
  return (
    '$metadata' in error || NETWORK_CODES.has(text(error, 'code')) || NETWORK_NAMES.has(error.name)
  )
}

/** The 503 for a failed dependency. */
export const unavailable = (cause: unknown): HttpProblem =>
  new HttpProblem(503, 'The service is unavailable for a moment. Please try again.', {
    cause,
    headers: { 'retry-after': '1' },
  })
