import { badRequest } from '@cloudlet/kit'
import type { Issue } from '@cloudlet/kit'

/** The DynamoDB operation behind each of the manager's, and the parameters that a caller may pass on. */
export type TableOperation = {
  readonly call: 'PutItem' | 'GetItem' | 'UpdateItem' | 'DeleteItem' | 'Scan'
  readonly required: readonly string[]
  readonly optional: readonly string[]
}

const EXPRESSIONS = ['ExpressionAttributeNames', 'ExpressionAttributeValues']
const CONDITIONS = ['ConditionExpression', 'Expected', 'ConditionalOperator', ...EXPRESSIONS]
const ANSWERS = [
  'ReturnValues',
  'ReturnConsumedCapacity',
  'ReturnItemCollectionMetrics',
  'ReturnValuesOnConditionCheckFailure',
]

const OPERATIONS: ReadonlyMap<unknown, TableOperation> = new Map<string, TableOperation>([
  ['create', { call: 'PutItem', required: ['Item'], optional: [...CONDITIONS, ...ANSWERS] }],
  [
    'read',
    {
      call: 'GetItem',
      required: ['Key'],
      optional: [
        'AttributesToGet',
        'ConsistentRead',
        'ReturnConsumedCapacity',
        'ProjectionExpression',
        'ExpressionAttributeNames',
      ],
    },
  ],
  [
    'update',
    {
      call: 'UpdateItem',
      required: ['Key'],
      optional: ['UpdateExpression', 'AttributeUpdates', ...CONDITIONS, ...ANSWERS],
    },
  ],
  ['delete', { call: 'DeleteItem', required: ['Key'], optional: [...CONDITIONS, ...ANSWERS] }],
  [
    'list',
    {
      call: 'Scan',
      required: [],
      optional: [
        'IndexName',
        'AttributesToGet',
        'Limit',
        'Select',
        'ScanFilter',
        'ConditionalOperator',
        'ExclusiveStartKey',
        'ReturnConsumedCapacity',
        'TotalSegments',
        'Segment',
        'ProjectionExpression',
        'FilterExpression',
        'ConsistentRead',
        ...EXPRESSIONS,
      ],
    },
  ],
])

/** The table operation called `name`; undefined for any other name. */
export const tableOperation = (name: unknown): TableOperation | undefined => OPERATIONS.get(name)

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/**
 * The parameters of `payload`, each of them one that the operation has: no caller can name a table here or pass on
 * what this service does not know. A 400 that lists what is missing or unknown.
 */
export function readParameters(
  operation: TableOperation,
  payload: unknown,
): Readonly<Record<string, unknown>> {
  const parameters = payload ?? {}
  if (!isObject(parameters)) {
    throw badRequest('payload must be an object', [
      { path: 'payload', message: 'must be an object' },
    ])
  }
  const missing = operation.required
    .filter((name) => !isObject(parameters[name]))
    .map((name) => ({
      path: `payload.${name}`,
      message: Object.hasOwn(parameters, name) ? 'must be an object' : 'is required',
    }))
  const known = new Set([...operation.required, ...operation.optional])
  const unknown = Object.keys(parameters)
    .filter((name) => !known.has(name))
    .map((name) => ({
      path: `payload.${name}`,
      message: `is not a parameter that ${operation.call} takes here`,
    }))
  refuse([...missing, ...unknown])
  return parameters
}

function refuse(issues: readonly Issue[]): void {
  const [first] = issues
  if (first !== undefined) throw badRequest(`${first.path} ${first.message}`, issues)
}
