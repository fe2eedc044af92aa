import { AwsError, type Clock, type Environment } from '../kernel/index.ts'
import type { LambdaIntegration } from './definitions.ts'
import { functionPayloadBytesMax } from './limits.ts'
import type { InvokeFunction } from './ports.ts'

/** What came of an invocation. */
export type Outcome =
  | { readonly kind: 'answer'; readonly payload: string }
  /** `payload` tells the error: `{"errorMessage": …}`. */
  | { readonly kind: 'function error'; readonly payload: string }
  | { readonly kind: 'too long' | 'timeout' | 'throttled' | 'failed' }

/** Invokes an integration's function and waits for it no longer than the integration's timeout. */
export function invokeWithin(
  environment: Environment,
  invoke: InvokeFunction,
  integration: Pick<LambdaIntegration, 'functionArn' | 'timeoutMs'>,
  timeoutMsMax: number,
  event: string,
): Promise<Outcome> {
  // Lambda, "Lambda quotas": 6 MB for a synchronous invocation, of the event and of the answer.
  if (event.length > functionPayloadBytesMax) return Promise.resolve({ kind: 'too long' })
  const timeoutMs = Math.min(integration.timeoutMs ?? timeoutMsMax, timeoutMsMax)
  return within(
    environment.clock,
    timeoutMs,
    invoke(integration.functionArn, event).then(
      ({ payload, functionError }): Outcome =>
        functionError === undefined
          ? { kind: 'answer', payload }
          : { kind: 'function error', payload },
      (cause: unknown): Outcome => failure(environment, integration.functionArn, cause),
    ),
  )
}

function within(clock: Clock, timeoutMs: number, outcome: Promise<Outcome>): Promise<Outcome> {
  return new Promise((resolve) => {
    const cancel = clock.after(timeoutMs, () => resolve({ kind: 'timeout' }))
    void outcome.then((each) => {
      cancel()
      resolve(each)
      return undefined
    })
  })
}

function failure(environment: Environment, functionArn: string, cause: unknown): Outcome {
  if (cause instanceof AwsError && cause.status === 429) return { kind: 'throttled' }
  const message = `The function ${functionArn} could not be invoked`
  environment.report({ level: 'warn', part: 'gateway', message, cause })
  return { kind: 'failed' }
}
