import { AwsError, type RestAnswer, type RestCall } from '../../kernel/index.ts'
import type { DeployedFunction } from '../functions/registry.ts'
import { asyncPayloadBytesMax, syncPayloadBytesMax } from '../limits.ts'
import type { RouteContext, RouteMaker } from './context.ts'

const INVOCATION_TYPES = ['RequestResponse', 'Event', 'DryRun']
const LOG_TYPES = ['None', 'Tail']

/** Invoke: runs a function and waits (RequestResponse), accepts an event (Event), or only checks (DryRun). */
export const invoke: RouteMaker = (context) => ({
  operation: 'Invoke',
  method: 'POST',
  path: '/2015-03-31/functions/{FunctionName}/invocations',
  run(call) {
    const type = oneOf(call, 'x-amz-invocation-type', 'invocationType', INVOCATION_TYPES)
    const logType = oneOf(call, 'x-amz-log-type', 'logType', LOG_TYPES)
    const target = context.registry.require(
      call.parameters['FunctionName'] ?? '',
      call.query.get('Qualifier'),
    )
    const payload = payloadOf(call, type === 'Event' ? asyncPayloadBytesMax : syncPayloadBytesMax)
    const clientContext = clientContextOf(call)
    if (type === 'DryRun') return { status: 204 }
    if (type === 'Event') return acceptEvent(context, target, payload, clientContext)
    return runNow(context, target, payload, clientContext, logType === 'Tail')
  },
})

async function runNow(
  context: RouteContext,
  target: DeployedFunction,
  payload: string,
  clientContext: string,
  wantsTail: boolean,
): Promise<RestAnswer> {
  const outcome = await context.run(target, payload, { clientContext, wantsTail })
  return {
    status: 200,
    headers: {
      'content-type': 'application/json',
      'x-amzn-requestid': outcome.requestId,
      'x-amz-executed-version': '$LATEST',
      ...(outcome.failed ? { 'x-amz-function-error': 'Unhandled' } : {}),
      ...(outcome.logTail === undefined ? {} : { 'x-amz-log-result': outcome.logTail }),
    },
    body: outcome.payload,
  }
}

function acceptEvent(
  { asyncQueue, environment }: RouteContext,
  target: DeployedFunction,
  payload: string,
  clientContext: string,
): RestAnswer {
  const requestId = environment.ids.uuid()
  asyncQueue.accept({ functionName: target.definition.name, payload, requestId, clientContext })
  return { status: 202, headers: { 'x-amzn-requestid': requestId } }
}

/** A header with a closed set of values; its first is the default. */
function oneOf(
  call: RestCall,
  header: string,
  member: string,
  values: readonly string[],
): string | undefined {
  const value = call.headers[header]
  if (value === undefined) return values[0]
  if (values.includes(value)) return value
  throw new AwsError(
    'ValidationException',
    `1 validation error detected: Value '${value}' at '${member}' failed to satisfy constraint: Member must satisfy enum value set: [${values.join(', ')}]`,
  )
}

/** The event as JSON text; none counts as `{}`. */
function payloadOf(call: RestCall, bytesMax: number): string {
  if (call.body.length > bytesMax) {
    throw new AwsError(
      'RequestEntityTooLargeException',
      `Request must be smaller than ${bytesMax} bytes for the InvokeFunction operation`,
      { status: 413 },
    )
  }
  const text = call.body.toString('utf8')
  if (text === '') return '{}'
  try {
    JSON.parse(text)
  } catch (cause) {
    const problem = cause instanceof Error ? cause.message : String(cause)
    throw new AwsError(
      'InvalidRequestContentException',
      `Could not parse request body into json: ${problem}`,
      { cause },
    )
  }
  return text
}

/** X-Amz-Client-Context: base64 of JSON. */
function clientContextOf(call: RestCall): string {
  const header = call.headers['x-amz-client-context']
  if (header === undefined) return ''
  const text = Buffer.from(header, 'base64').toString('utf8')
  try {
    JSON.parse(text)
    return text
  } catch (cause) {
    throw new AwsError(
      'InvalidRequestContentException',
      'Client context must be a valid Base64-encoded JSON object.',
      { cause },
    )
  }
}
