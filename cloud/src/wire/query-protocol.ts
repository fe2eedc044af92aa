import {
  AwsError,
  type Environment,
  type HttpRequest,
  type HttpResponse,
  type QueryService,
} from '../kernel/index.ts'
import type { Signing } from './credential-scope.ts'
import { errorToAnswer } from './failure.ts'
import { unfoldForm } from './query-form.ts'
import { escapeXml, writeXml } from './xml.ts'

/** Answers a Query request, or undefined when the request is none. */
export type QueryProtocol = (
  request: HttpRequest,
  signing: Signing,
) => HttpResponse | Promise<HttpResponse> | undefined

/**
 * AWS Query: `Action` and parameters in a form, XML back. The service is the one of the credential scope; where
 * several share a name, or none is known by it, the one whose `Version` and operations fit.
 */
export function queryProtocol(
  environment: Environment,
  services: readonly QueryService[],
  requestId: () => string,
): QueryProtocol {
  function find(form: URLSearchParams, scope: string | undefined): QueryService | undefined {
    const action = form.get('Action') ?? ''
    const version = form.get('Version')
    const candidates = services.filter((each) => scope === undefined || each.signingName === scope)
    return (
      candidates.find((each) => each.operations.has(action) && each.version === version) ??
      candidates.find((each) => each.operations.has(action)) ??
      candidates[0]
    )
  }

  return (request, signing) => {
    const form = formOf(request)
    const action = form?.get('Action')
    if (form === undefined || action === null || action === undefined) return undefined
    const id = requestId()
    const service = find(form, signing.kind === 'signed' ? signing.scope.service : undefined)
    const failed = (cause: unknown): HttpResponse => {
      const error = errorToAnswer(environment, action, cause, request.body)
      return respond(error.status, id, errorXml(error, service?.xmlNamespace ?? '', id))
    }
    const succeeded = (output: unknown): HttpResponse =>
      respond(200, id, resultXml(action, output, service?.xmlNamespace ?? '', id))
    if (signing.kind !== 'signed') return failed(signingError(signing))
    const run = service?.operations.get(action)
    if (run === undefined) return failed(unknownAction(action, form.get('Version')))
    try {
      const output = run(unfoldForm(form))
      return output instanceof Promise ? output.then(succeeded).catch(failed) : succeeded(output)
    } catch (cause) {
      return failed(cause)
    }
  }
}

function formOf({ method, target, headers, body }: HttpRequest): URLSearchParams | undefined {
  const mark = target.indexOf('?')
  const query = mark === -1 ? '' : target.slice(mark + 1)
  if (method === 'GET') return query.includes('Action=') ? new URLSearchParams(query) : undefined
  if (method !== 'POST') return undefined
  const type = headers['content-type'] ?? ''
  if (!type.startsWith('application/x-www-form-urlencoded')) return undefined
  return new URLSearchParams(body.toString())
}

const signingError = (signing: Exclude<Signing, { kind: 'signed' }>): AwsError =>
  signing.kind === 'unsigned'
    ? new AwsError('MissingAuthenticationToken', 'Request is missing Authentication Token', {
        status: 403,
      })
    : new AwsError('IncompleteSignature', signing.message, { status: 403 })

const unknownAction = (action: string, version: string | null): AwsError =>
  new AwsError(
    'InvalidAction',
    `Could not find operation ${action.slice(0, 100)} for version ${(version ?? '').slice(0, 40)}`,
  )

const respond = (status: number, requestId: string, body: string): HttpResponse => ({
  status,
  headers: { 'content-type': 'text/xml', 'x-amzn-RequestId': requestId },
  body,
})

function resultXml(action: string, output: unknown, namespace: string, requestId: string): string {
  const result = `<${action}Result>${writeXml(output ?? {})}</${action}Result>`
  const metadata = `<ResponseMetadata><RequestId>${requestId}</RequestId></ResponseMetadata>`
  return `<${action}Response xmlns="${escapeXml(namespace)}">${result}${metadata}</${action}Response>`
}

function errorXml(error: AwsError, namespace: string, requestId: string): string {
  const type = error.fault === 'client' ? 'Sender' : 'Receiver'
  const body = `<Type>${type}</Type><Code>${escapeXml(error.code)}</Code><Message>${escapeXml(error.message)}</Message>${writeXml(error.details)}`
  return `<ErrorResponse xmlns="${escapeXml(namespace)}"><Error>${body}</Error><RequestId>${requestId}</RequestId></ErrorResponse>`
}
