import { AwsError, type RestCall } from '../../kernel/index.ts'
import { functionMemoryMbMax, functionMemoryMbMin, functionTimeoutSecondsMax } from '../limits.ts'
import { configurationOf } from './configuration.ts'
import type { RouteMaker } from './context.ts'

/** What may be changed; the rest comes from the template. */
const CHANGEABLE = new Set(['FunctionName', 'MemorySize', 'Timeout'])

/**
 * UpdateFunctionConfiguration, of memory size and timeout: what is tuned by trying. It holds until the function's
 * stack is deployed again, or the cloud starts again.
 */
export const updateFunctionConfiguration: RouteMaker = ({ registry, environment }) => ({
  operation: 'UpdateFunctionConfiguration',
  method: 'PUT',
  path: '/2015-03-31/functions/{FunctionName}/configuration',
  run(call) {
    const { definition } = registry.require(call.parameters['FunctionName'] ?? '')
    const wanted = bodyOf(call)
    const memoryMb = within(wanted, 'MemorySize', functionMemoryMbMin, functionMemoryMbMax)
    const timeoutSeconds = within(wanted, 'Timeout', 1, functionTimeoutSecondsMax)
    const changed = {
      ...definition,
      memoryMb: memoryMb ?? definition.memoryMb,
      timeoutMs: timeoutSeconds === undefined ? definition.timeoutMs : timeoutSeconds * 1000,
      lastModified: new Date(environment.clock.now()).toISOString(),
    }
    registry.put(changed)
    return { status: 200, body: configurationOf(changed) }
  },
})

function bodyOf(call: RestCall): Readonly<Record<string, unknown>> {
  let body: unknown
  try {
    body = JSON.parse(call.body.toString('utf8'))
  } catch {
    throw new AwsError('SerializationException', 'The request body is not JSON')
  }
  if (typeof body !== 'object' || body === null || Array.isArray(body)) {
    throw new AwsError('SerializationException', 'The request body is not an object')
  }
  const members = body as Readonly<Record<string, unknown>> // an object, as was just checked
  const refused = Object.keys(members).find((name) => !CHANGEABLE.has(name))
  if (refused !== undefined) {
    throw new AwsError(
      'InvalidParameterValueException',
      `${refused} is not simulated in UpdateFunctionConfiguration; it comes from the CloudFormation template. MemorySize and Timeout can be changed.`,
    )
  }
  return members
}

function within(
  members: Readonly<Record<string, unknown>>,
  name: string,
  min: number,
  max: number,
): number | undefined {
  const value = members[name]
  if (value === undefined) return undefined
  const [bound, sentence] =
    typeof value === 'number' && value > max
      ? [max, 'less than or equal to']
      : [min, 'greater than or equal to']
  if (typeof value === 'number' && Number.isInteger(value) && value >= min && value <= max) {
    return value
  }
  throw new AwsError(
    'ValidationException',
    `1 validation error detected: Value '${JSON.stringify(value)}' at '${name[0]?.toLowerCase()}${name.slice(1)}' failed to satisfy constraint: Member must have value ${sentence} ${bound}`,
  )
}
