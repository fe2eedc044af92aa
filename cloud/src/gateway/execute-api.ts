import type { HttpRequest, HttpResponse } from '../kernel/index.ts'
import { splitTarget, type Api } from './call.ts'
import type { Addressed } from './front-door.ts'

const PREFIX = '/_aws/execute-api/'
const hostPattern = /^([a-z0-9]+)\.execute-api\./i

/** Whether a request on the AWS endpoint is meant for an API: by path, or by host name as on AWS. */
export const isExecuteApi = ({ target, headers }: HttpRequest): boolean =>
  target.startsWith(PREFIX) || hostPattern.test(headers['host'] ?? '')

/**
 * Reads an execute-api address: `/_aws/execute-api/<apiId>/<stage>/…` or `<apiId>.execute-api.localhost/<stage>/…`.
 * The stage `$default` may be left out; other stages are part of the path, as on AWS.
 */
export function executeApiCall(
  apis: ReadonlyMap<string, Api>,
  request: HttpRequest,
  nowMs: number,
): Addressed | undefined {
  const { path, query } = splitTarget(request.target)
  let apiId = hostPattern.exec(request.headers['host'] ?? '')?.[1]?.toLowerCase()
  let rest = path
  if (path.startsWith(PREFIX)) {
    const end = path.indexOf('/', PREFIX.length)
    apiId = end === -1 ? path.slice(PREFIX.length) : path.slice(PREFIX.length, end)
    rest = end === -1 ? '/' : path.slice(end)
  }
  const api = apis.get(apiId ?? '')
  if (api === undefined) return undefined
  const stagePath = `/${api.stage}`
  const named = rest === stagePath || rest.startsWith(`${stagePath}/`)
  if (!named && api.stage !== '$default') return undefined
  const inside = named ? rest.slice(stagePath.length) : rest
  const stagePart = api.stage === '$default' ? '' : stagePath
  return {
    api,
    call: {
      request,
      path: inside === '' ? '/' : inside,
      query,
      publicPath: `${stagePart}${inside === '' ? '/' : inside}`,
      address: 'execute-api',
      nowMs,
    },
  }
}

/** What AWS answers at an execute-api address without an API or stage. */
export const forbidden: HttpResponse = {
  status: 403,
  headers: { 'content-type': 'application/json', 'x-amzn-ErrorType': 'ForbiddenException' },
  body: '{"message":"Forbidden"}',
}
