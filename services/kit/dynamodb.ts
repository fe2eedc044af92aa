import { DynamoDBClient } from '@aws-sdk/client-dynamodb'
import type { AttributeValue } from '@aws-sdk/client-dynamodb'
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb'
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb'
import { LosslessNumber } from 'lossless-json'

const CONNECT_TIMEOUT_MS = 1_000
/** Below the functions' own timeout with all attempts, so that a caller gets a 503 and not a 504. */
const REQUEST_TIMEOUT_MS = 2_000
const ATTEMPTS_MAX = 3

/** A stored number: a plain number where a double keeps all its digits, else the digits themselves. */
export function exactNumber(digits: string): number | LosslessNumber {
  const value = Number(digits)
  return String(value) === digits ? value : new LosslessNumber(digits)
}

const settings = {
  maxAttempts: ATTEMPTS_MAX,
  requestHandler: {
    connectionTimeout: CONNECT_TIMEOUT_MS,
    requestTimeout: REQUEST_TIMEOUT_MS,
    throwOnRequestTimeout: true,
  },
}

/**
 * A client for module scope, reused while the function is warm. Region, credentials and endpoint come from the SDK's
 * standard settings. For functions that read and write single items: each command's middleware is put together once
 * and not for every call, which the document client cannot do; a call costs a quarter less.
 */
export const itemClient = (): DynamoDBClient =>
  new DynamoDBClient({ ...settings, cacheMiddleware: true })

/** A document client for module scope. Numbers are read without losing digits. */
export const documentClient = (): DynamoDBDocumentClient =>
  DynamoDBDocumentClient.from(new DynamoDBClient(settings), {
    marshallOptions: { removeUndefinedValues: true },
    unmarshallOptions: { wrapNumbers: exactNumber },
  })

/** Plain values in DynamoDB's own form: an item, a key or expression values for {@link itemClient}. */
export const storedItem = (
  values: Readonly<Record<string, unknown>>,
): Record<string, AttributeValue> => marshall(values, { removeUndefinedValues: true })

/** An item in DynamoDB's own form, as errors and stream records carry it, as plain values. */
export const plainItem = (
  item: Readonly<Record<string, AttributeValue>>,
): Record<string, unknown> => unmarshall(item, { wrapNumbers: exactNumber })
