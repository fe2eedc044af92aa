import type { StartData } from './protocol.ts'
import type { Callback } from './load-handler.ts'

/** The completion side of a context: what its `done`, `fail`, `succeed` and its switch do. */
export type Completion = {
  readonly done: Callback
  waitForEmptyLoop: boolean
}

/**
 * The second argument of a handler ("Using the Lambda context object to retrieve Node.js function information").
 *
 * @param deadlineMs by this thread's Date.now()
 * @param clientContext JSON text, or empty
 */
export function createContext(
  start: StartData,
  requestId: string,
  deadlineMs: number,
  clientContext: string,
  completion: Completion,
): object {
  const { done } = completion
  return {
    get callbackWaitsForEmptyEventLoop(): boolean {
      return completion.waitForEmptyLoop
    },
    set callbackWaitsForEmptyEventLoop(value: boolean) {
      completion.waitForEmptyLoop = value
    },
    succeed: (result: unknown) => done(null, result),
    fail: (error: unknown) => done(error ?? 'handled'),
    done,
    functionVersion: '$LATEST',
    functionName: start.functionName,
    memoryLimitInMB: String(start.memoryMb),
    logGroupName: start.logGroup,
    logStreamName: start.logStream,
    clientContext: clientContext === '' ? undefined : (JSON.parse(clientContext) as unknown),
    identity: undefined,
    invokedFunctionArn: start.functionArn,
    awsRequestId: requestId,
    getRemainingTimeInMillis: () => Math.max(0, deadlineMs - Date.now()),
  }
}
