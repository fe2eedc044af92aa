const EXECUTE_API =
  /^https:\/\/([a-z0-9]+)\.execute-api\.[a-z0-9-]+\.amazonaws\.com(?:\.cn)?(\/.*)?$/

/**
 * Where an API Gateway address is answered. With a custom AWS endpoint (AWS_ENDPOINT_URL), the APIs are there too,
 * under `/_aws/execute-api/<api>/<stage>`; without one, the address is its own.
 */
export function apiAddress(url: string, awsEndpoint: string | undefined): string {
  const match = EXECUTE_API.exec(url)
  if (match === null || awsEndpoint === undefined || awsEndpoint === '') return url
  const [, api = '', path = ''] = match
  return `${awsEndpoint.replace(/\/+$/, '')}/_aws/execute-api/${api}${path}`
}
