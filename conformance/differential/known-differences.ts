import type { Answer } from './answers.ts'
import type { Case } from './scene.ts'

/** A difference that is right as it is: which it is, why, and the AWS page that settles it. */
export type KnownDifference = {
  readonly reason: string
  /** The title of AWS's page. */
  readonly page: string
  readonly holds: (request: Case, own: Answer, local: Answer) => boolean
}

/** Both refuse, in other words: by how each answer begins. */
const worded =
  (own: RegExp, local: RegExp) =>
  (_request: Case, here: Answer, there: Answer): boolean =>
    here.status === 400 && own.test(here.text) && local.test(there.text)

const validation = 'ValidationException: '
const text = ({ input }: Case): string =>
  typeof input === 'string' ? input : JSON.stringify(input)

export const knownDifferences: readonly KnownDifference[] = [
  {
    reason: 'DynamoDB Local fails with an internal error where the request is at fault',
    page: 'Error handling with DynamoDB',
    holds: (_request, own, local) => local.status === 500 && own.status !== 500,
  },
  {
    reason: 'DynamoDB Local has a sentence of its own for tables that are there already',
    page: 'CreateTable (API Reference), ResourceInUseException',
    holds: worded(/^ResourceInUseException/, /^ResourceInUseException/),
  },
  {
    reason: 'DynamoDB Local has a sentence of its own for tables that are not there',
    page: 'Error handling with DynamoDB',
    holds: worded(/^ResourceNotFoundException: Requested/, /^ResourceNotFoundException: Cannot do/),
  },
  {
    reason:
      'The service checks every constraint of the request first and gathers what it finds into one sentence; DynamoDB Local checks some of them one by one, later, or not at all',
    page: 'Common errors - Amazon DynamoDB (API Reference), ValidationError',
    holds: worded(
      /^ValidationException: \d+ validation errors? detected/,
      /^(ValidationException|\{|ConditionalCheckFailed)/,
    ),
  },
  {
    reason: 'Operations on tables look at the name first, and say so in these words',
    page: 'CreateTable (API Reference), TableName',
    holds: worded(
      /^ValidationException: (The parameter 'TableName'|TableName must)/,
      /^ValidationException: (Invalid table|Value null)/,
    ),
  },
  {
    reason: 'A JSON value of the wrong type is refused by the service, not converted',
    page: 'Error handling with DynamoDB, SerializationException',
    holds: (_request, own, local) =>
      own.text.startsWith('SerializationException') && !local.text.startsWith('Serialization'),
  },
  {
    reason:
      'DynamoDB Local stored a value of the wrong JSON type just before, which was refused here',
    page: 'Error handling with DynamoDB, SerializationException',
    holds: (request, own, local) =>
      request.operation === 'GetItem' &&
      own.text.includes('"v":{"M":{}}') &&
      /"v":\{"(S|N|SS)":/.test(local.text),
  },
  {
    reason: 'The words of DynamoDB Local for what is no number, or too long a one',
    page: 'Supported data types and naming rules in Amazon DynamoDB, Number',
    holds: worded(
      /(cannot be converted to a numeric value|38 significant digits)/,
      /(cannot be converted into a number|precision up to 38 digits)/,
    ),
  },
  {
    reason:
      'DynamoDB Local leaves out what its sentences end with on the service, or words them otherwise',
    page: 'Query (API Reference), Errors',
    holds: (_request, own, local) =>
      own.status === 400 &&
      local.status === 400 &&
      own.text.startsWith(local.text.replace(/\.$/, '')),
  },
  {
    reason: 'Keys that do not fit the schema: the service has one sentence for all cases',
    page: 'GetItem (API Reference), Key',
    holds: worded(
      /The provided key element does not match the schema/,
      /(number of conditions on the keys|required keys was not given|Type mismatch for (key|attribute)|Item to put)/,
    ),
  },
  {
    reason:
      'Items without their key, or with a key that is empty or too long: words of DynamoDB Local',
    page: 'Constraints in Amazon DynamoDB, Primary key attributes',
    holds: worded(
      /(Missing the key|cannot contain an empty|Size of hashkey has exceeded)/,
      /(required keys was not given|cannot contain an empty|must be under 2048 bytes|Size limit exceeded)/,
    ),
  },
  {
    reason:
      'Index keys of the wrong type: DynamoDB Local leaves the index out, or has no words for it',
    page: 'Managing global secondary indexes in DynamoDB, key violations',
    holds: worded(
      /Type mismatch for Index Key/,
      /(Type mismatch for Index Key|Invalid attribute value)/,
    ),
  },
  {
    reason: 'SIZE is a reserved word; DynamoDB Local takes it as a name',
    page: 'Reserved words in DynamoDB',
    holds: (_request, own) => own.text.includes('reserved keyword: size'),
  },
  {
    reason: 'The order in which the valid types are listed has no meaning',
    page: 'Condition and filter expressions, operators, and functions in DynamoDB',
    holds: worded(/Invalid attribute type name found/, /Invalid attribute type name found/),
  },
  {
    reason:
      'UPDATED_OLD and UPDATED_NEW show the attributes that were updated, not all that is in the same map or list',
    page: 'UpdateItem (API Reference), ReturnValues',
    holds: (request, own, local) =>
      request.operation === 'UpdateItem' &&
      /UPDATED_(OLD|NEW)/.test(text(request)) &&
      own.status === 200 &&
      local.status === 200,
  },
  {
    reason: 'DynamoDB Local answers with consumed capacity nobody asked for',
    page: 'DeleteItem (API Reference), ReturnConsumedCapacity',
    holds: (request, own, local) =>
      own.text === '{}' &&
      local.text.startsWith('{"ConsumedCapacity"') &&
      !text(request).includes('ReturnConsumedCapacity'),
  },
  {
    reason: 'DynamoDB Local does not tell the consumed capacity of PartiQL',
    page: 'ExecuteStatement (API Reference), ReturnConsumedCapacity',
    holds: (request, own, local) =>
      request.operation === 'ExecuteStatement' &&
      text(request).includes('ReturnConsumedCapacity') &&
      own.text.includes('"ConsumedCapacity"') &&
      !local.text.includes('"ConsumedCapacity"'),
  },
  {
    reason: 'Transactions tell read and write units apart',
    page: 'TransactWriteItems (API Reference), ConsumedCapacity',
    holds: (_request, own, local) =>
      own.text.replace(/,"(Read|Write)CapacityUnits":[0-9.]+/g, '') === local.text,
  },
  {
    reason: 'The service shows the throughput of a global index on demand too, as zeros',
    page: 'GlobalSecondaryIndexDescription (API Reference)',
    holds: (request, own, local) =>
      request.operation === 'CreateTable' && own.status === 200 && local.status === 200,
  },
  {
    reason: 'On-demand tables take no provisioned throughput',
    page: 'CreateTable (API Reference), BillingMode',
    holds: (request, own) =>
      request.operation === 'CreateTable' &&
      own.text.includes('Neither ReadCapacityUnits nor Write'),
  },
  {
    reason: 'The checks of a table: words and order of DynamoDB Local',
    page: 'CreateTable (API Reference)',
    holds: (request, own, local) =>
      request.operation === 'CreateTable' &&
      own.text.startsWith(validation) &&
      local.text.startsWith(validation),
  },
  {
    reason:
      'Legacy and expression parameters exclude each other also when the legacy ones are empty',
    page: 'Legacy DynamoDB conditional parameters',
    holds: (_request, own) => own.text.includes('Can not use both expression and non-expression'),
  },
  {
    reason: 'An action of AttributeUpdates is PUT where none is given; DynamoDB Local does nothing',
    page: 'AttributeUpdates (legacy)',
    holds: (request, own, local) =>
      text(request).includes('"AttributeUpdates":{"a":{"Value"') &&
      own.text.includes('"a":{"S":"w"}') &&
      local.text.includes('"a":{"S":"text"}'),
  },
  {
    reason:
      'Null among attribute values, sets with duplicates, wrong ReturnValues, doubled names: words of DynamoDB Local',
    page: 'PutItem (API Reference)',
    holds: worded(
      /(AttributeValue is empty|contains duplicates|ReturnValues can only|Duplicate value in attribute|ADD action is not supported)/,
      /(null AttributeValue|contains duplicates|Return values set|two attributes with the same|ADD action is not supported)/,
    ),
  },
  {
    reason: 'Key conditions and start keys: words of DynamoDB Local',
    page: 'Query (API Reference)',
    holds: worded(
      /(conditions on nested attributes|provided starting key)/,
      /(Key attributes must be scalars|Exclusive Start Key|provided starting key|Type mismatch for attribute)/,
    ),
  },
  {
    reason:
      'A filter sees what the index holds: other attributes are missing. DynamoDB Local refuses such queries, but not such scans',
    page: 'Query (API Reference), FilterExpression',
    holds: (_request, own, local) =>
      own.status === 200 && local.text.includes('does not project one or more filter attributes'),
  },
  {
    reason: 'Segments of a parallel scan: words of DynamoDB Local',
    page: 'Scan (API Reference), Segment',
    holds: worded(/Segment/, /(segment must also|total segment|at 'segment')/),
  },
  {
    reason: 'The service names no operation it does not know',
    page: 'Common errors - Amazon DynamoDB (API Reference)',
    holds: worded(/^UnknownOperationException: $/, /^UnknownOperationException: An unknown/),
  },
  {
    reason: 'An action that does nothing, or two things: words of DynamoDB Local',
    page: 'TransactWriteItem (API Reference)',
    holds: worded(/TransactItems can only contain one of/, /TransactWriteRequest should contain/),
  },
  {
    reason:
      'An update that cannot be applied cancels the transaction with the reason ValidationError',
    page: 'TransactWriteItems (API Reference), CancellationReasons',
    holds: worded(/^TransactionCanceledException.*ValidationError/, /^ValidationException/),
  },
  {
    reason: 'The message of a reason ends without a full stop, as that of the exception itself',
    page: 'TransactionCanceledException (API Reference)',
    holds: (_request, own, local) =>
      own.text === local.text.replaceAll('request failed."', 'request failed"'),
  },
  {
    reason: 'The exception of a double key is DuplicateItemException',
    page: 'ExecuteStatement (API Reference), Errors',
    holds: worded(/^DuplicateItemException/, /^DuplicateItem:/),
  },
  {
    reason: 'As many parameters as question marks: DynamoDB Local lets further ones pass',
    page: 'ExecuteStatement (API Reference), Parameters',
    holds: (_request, own) =>
      own.text.includes("Number of parameters in request and statement don't match"),
  },
  {
    reason: 'What is no SELECT, INSERT, UPDATE or DELETE is not well formed',
    page: 'PartiQL statements for DynamoDB',
    holds: worded(/Statement wasn't well formed/, /Unsupported operation/),
  },
  {
    reason: 'The paths that overlap are told in the order in which they are written',
    page: 'PartiQL select statements for DynamoDB',
    holds: worded(/Two document paths overlap/, /Two document paths overlap/),
  },
  {
    reason: 'A page that ends at its limit names its last key too',
    page: 'ExecuteStatement (API Reference), LastEvaluatedKey',
    holds: (_request, own, local) =>
      own.text
        .replace(/,?"LastEvaluatedKey":\{.*\}\}\}?$/, '}')
        .slice(0, -1)
        .startsWith(local.text.slice(0, -1)),
  },
  {
    reason: 'MODIFIED shows the attributes that the statement names, changed or not',
    page: 'PartiQL update statements for DynamoDB, returnvalues',
    holds: (request) => text(request).includes('REMOVE m.nope'),
  },
  {
    reason: 'Numbers are stored without trailing zeros',
    page: 'Supported data types and naming rules in Amazon DynamoDB, Number',
    holds: (_request, own, local) => own.text === local.text.replace('-5.50', '-5.5'),
  },
  {
    reason: 'A parameter may stand wherever a literal may',
    page: 'PartiQL insert statements for DynamoDB',
    holds: (request, own) => own.status === 200 && /'q':(<<\?|\[\?)/.test(text(request)),
  },
]
