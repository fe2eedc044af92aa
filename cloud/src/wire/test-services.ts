import { AwsError, JsonText, type Service } from '../kernel/index.ts'

const depth = (value: unknown): number =>
  value !== null && typeof value === 'object'
    ? 1 + Math.max(0, ...Object.values(value).map(depth))
    : 0

const dynamoOperations = new Map<string, (input: unknown) => unknown>([
  ['GetItem', () => ({ Item: new JsonText('{"pk":{"S":"é"}}'), Nothing: undefined })],
  ['Large', () => ({ Text: 'x'.repeat(10_000) })],
  ['Later', (input) => Promise.resolve(input)],
  ['Depth', (input) => ({ Depth: depth(input) })],
  [
    'PutItem',
    () => {
      throw new AwsError('ConditionalCheckFailedException', 'The conditional request failed', {
        details: { Item: new JsonText('{"a":{"N":"1"}}') },
      })
    },
  ],
  [
    'Typed',
    () =>
      Promise.reject(
        new AwsError('SerializationException', 'NUMBER_VALUE cannot be converted to String'),
      ),
  ],
  [
    'Broken',
    () => {
      throw new TypeError('secret')
    },
  ],
])

/** One service of each protocol, whose operations answer in every way there is. */
export const services: Service[] = [
  {
    kind: 'json',
    signingName: 'dynamodb',
    target: 'DynamoDB_20120810',
    version: '1.0',
    errorNamespace: 'com.amazonaws.dynamodb.v20120810',
    operations: dynamoOperations,
  },
  {
    kind: 'json',
    signingName: 'cognito-idp',
    target: 'AWSCognitoIdentityProviderService',
    version: '1.1',
    unsigned: new Set(['SignUp']),
    operations: new Map([
      ['SignUp', () => ({ UserSub: 'u' })],
      [
        'ListUsers',
        () => {
          throw new AwsError('ResourceNotFoundException', 'User pool x does not exist.')
        },
      ],
    ]),
  },
  {
    kind: 'json',
    signingName: 'sqs',
    target: 'AmazonSQS',
    version: '1.0',
    errorNamespace: 'com.amazonaws.sqs',
    operations: new Map([
      [
        'SendMessage',
        () => {
          throw new AwsError('QueueDoesNotExist', 'The specified queue does not exist.')
        },
      ],
    ]),
  },
  {
    kind: 'rest',
    signingName: 'lambda',
    routes: [
      {
        operation: 'Invoke',
        method: 'POST',
        path: '/2015-03-31/functions/{FunctionName}/invocations',
        run: ({ parameters, query, body }) => ({
          status: 200,
          headers: { 'x-amz-executed-version': '$LATEST' },
          body: {
            name: parameters['FunctionName'],
            qualifier: query.get('Qualifier'),
            sent: body.toString(),
          },
        }),
      },
      {
        operation: 'GetFunction',
        method: 'GET',
        path: '/2015-03-31/functions/{FunctionName}',
        run: () =>
          Promise.reject(
            new AwsError('ResourceNotFoundException', 'Function not found: f', { status: 404 }),
          ),
      },
    ],
  },
  {
    kind: 'query',
    signingName: 'cloudformation',
    version: '2010-05-15',
    xmlNamespace: 'http://cloudformation.amazonaws.com/doc/2010-05-15/',
    operations: new Map<string, (input: unknown) => unknown>([
      [
        'Echo',
        (input) => ({
          Input: JSON.stringify(input),
          Outputs: [{ Key: 'a<b', Value: 1 }, { Key: 'c' }],
        }),
      ],
      [
        'DescribeStacks',
        () => {
          throw new AwsError('ValidationError', 'Stack with id <x> does not exist')
        },
      ],
    ]),
  },
  {
    kind: 'http',
    name: 'login',
    match: ({ target }) => target.startsWith('/login'),
    handle: () => ({ status: 200, headers: { 'content-type': 'text/html' }, body: 'login' }),
  },
]
