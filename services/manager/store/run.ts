import { DynamoDBServiceException } from '@aws-sdk/client-dynamodb'
import {
  DeleteCommand,
  GetCommand,
  PutCommand,
  ScanCommand,
  UpdateCommand,
} from '@aws-sdk/lib-dynamodb'
import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb'
import { badRequest, conflict } from '@cloudlet/kit'
import type { TableOperation } from '../domain/operations.ts'
import { toDocument, toJson } from './plain-json.ts'

/** The parameters have been checked by name; their values are for DynamoDB to judge. */
type Input = {
  readonly TableName: string
  readonly Item: Record<string, unknown>
  readonly Key: Record<string, unknown>
}

/** Errors that say something about us or the moment, and not about the caller's request. */
const NOT_THE_CALLERS = new Set([
  'AccessDeniedException',
  'ExpiredTokenException',
  'IncompleteSignature',
  'InvalidSignatureException',
  'LimitExceededException',
  'MissingAuthenticationTokenException',
  'ProvisionedThroughputExceededException',
  'RequestLimitExceeded',
  'ThrottlingException',
  'UnrecognizedClientException',
])

/** Runs an operation on `table` and returns DynamoDB's answer as plain JSON. */
export async function runOperation(
  client: DynamoDBDocumentClient,
  { call }: TableOperation,
  table: string,
  parameters: Readonly<Record<string, unknown>>,
): Promise<unknown> {
  // The cast stands for the check that readParameters made.
  const input = { ...(toDocument(parameters) as Input), TableName: table }
  try {
    const { $metadata: _, ...answer } = await send(client, call, input)
    return toJson(answer)
  } catch (error) {
    throw callersProblem(error) ?? error
  }
}

function send(client: DynamoDBDocumentClient, call: TableOperation['call'], input: Input) {
  switch (call) {
    case 'PutItem':
      return client.send(new PutCommand(input))
    case 'GetItem':
      return client.send(new GetCommand(input))
    case 'UpdateItem':
      return client.send(new UpdateCommand(input))
    case 'DeleteItem':
      return client.send(new DeleteCommand(input))
    case 'Scan':
      return client.send(new ScanCommand(input))
  }
}

/** DynamoDB's client errors in its own words: a failed condition is a 409, any other a 400. */
function callersProblem(error: unknown): Error | undefined {
  if (!(error instanceof DynamoDBServiceException)) return undefined
  if (error.$fault !== 'client' || NOT_THE_CALLERS.has(error.name)) return undefined
  if (error.name === 'ConditionalCheckFailedException') return conflict(error.message)
  return badRequest(error.message)
}
