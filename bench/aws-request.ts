import { post } from './drive.ts'

/** An operation of an AWS service that speaks JSON, as a whole HTTP request whose signature is not checked. */
export type AwsService = {
  readonly target: string
  readonly name: string
  readonly version: '1.0' | '1.1'
}

export const dynamodbService: AwsService = {
  target: 'DynamoDB_20120810',
  name: 'dynamodb',
  version: '1.0',
}
export const cognitoService: AwsService = {
  target: 'AWSCognitoIdentityProviderService',
  name: 'cognito-idp',
  version: '1.1',
}

const headersOf = (service: AwsService, operation: string): Readonly<Record<string, string>> => ({
  'content-type': `application/x-amz-json-${service.version}`,
  'x-amz-target': `${service.target}.${operation}`,
  ...signed(service.name),
})

/** Headers of a signed request; the signature is not one. */
const signed = (service: string): Readonly<Record<string, string>> => ({
  authorization: `AWS4-HMAC-SHA256 Credential=bench/20260101/us-east-1/${service}/aws4_request, SignedHeaders=host, Signature=${'0'.repeat(64)}`,
  'x-amz-date': '20260101T000000Z',
})

export const awsRequest = (service: AwsService, operation: string, input: object): string =>
  post('/', JSON.stringify(input), headersOf(service, operation))

/** An invocation through Lambda's API. */
export const invokeRequest = (functionName: string): string =>
  post(`/2015-03-31/functions/${functionName}/invocations`, '{}', signed('lambda'))

/** Sends one operation and gives the parsed answer. @throws Error when it was refused */
export async function askAws(
  port: number,
  service: AwsService,
  operation: string,
  input: object,
): Promise<unknown> {
  const answer = await fetch(`http://127.0.0.1:${port}/`, {
    method: 'POST',
    headers: headersOf(service, operation),
    body: JSON.stringify(input),
  })
  const body: unknown = await answer.json()
  if (!answer.ok) throw new Error(`${operation}: ${answer.status} ${JSON.stringify(body)}`)
  return body
}
