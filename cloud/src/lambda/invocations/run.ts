import { AwsError, type Environment } from '../../kernel/index.ts'
import type { Capacity } from '../environments/capacity.ts'
import type { Outcome } from '../environments/invocation.ts'
import type { DeployedFunction } from '../functions/registry.ts'

export type RunOptions = {
  /** Of a retried request: the same id again. */
  readonly requestId?: string
  /** JSON text, or empty. */
  readonly clientContext?: string
  readonly wantsTail?: boolean
}

/** Runs one invocation to its end. A function's failure is an outcome, not a rejection. */
export type RunInvocation = (
  target: DeployedFunction,
  payload: string,
  options?: RunOptions,
) => Promise<Outcome & { readonly requestId: string }>

/** @returns rejects with AwsError TooManyRequestsException (429) when there is no room for the request */
export function createRun(environment: Environment, capacity: Capacity): RunInvocation {
  return async (target, payload, options = {}) =>
    new Promise((resolve, reject) => {
      const requestId = options.requestId ?? environment.ids.uuid()
      const size = payload.length
      if (!capacity.takeBytes(size)) {
        throw new AwsError('TooManyRequestsException', 'Rate Exceeded.', {
          status: 429,
          details: { Reason: 'ConcurrentInvocationLimitExceeded' },
        })
      }
      try {
        target.pool.enqueue({
          requestId,
          traceId: tracingHeader(environment, target.definition.tracing === 'Active'),
          clientContext: options.clientContext ?? '',
          payload,
          wantsTail: options.wantsTail ?? false,
          queuedMs: environment.clock.now(),
          settle(outcome) {
            capacity.freeBytes(size)
            resolve({ ...outcome, requestId })
          },
          reject(error) {
            capacity.freeBytes(size)
            reject(error)
          },
        })
      } catch (error) {
        capacity.freeBytes(size)
        throw error
      }
    })
}

/** `Root=1-<8 hex digits of seconds>-<24 hex>;Parent=<16 hex>;Sampled=0|1` ("Tracing header", X-Ray). */
function tracingHeader(environment: Environment, sampled: boolean): string {
  const seconds = Math.floor(environment.clock.now() / 1000).toString(16)
  const random = environment.ids.bytes(20).toString('hex')
  return `Root=1-${seconds}-${random.slice(0, 24)};Parent=${random.slice(24)};Sampled=${sampled ? 1 : 0}`
}
