import type { HttpResponse } from '../../kernel/index.ts'
import type { ApiCall } from '../call.ts'
import type { GatewayResponseDefinition } from '../definitions.ts'
import { parameterValue, renderTemplate, type TemplateContext } from './template.ts'

/** API Gateway, "Gateway response types": what is answered without a template's word. */
const natives = {
  ACCESS_DENIED: [403, 'Forbidden', 'AccessDeniedException'],
  API_CONFIGURATION_ERROR: [500, 'Internal server error', 'InternalServerErrorException'],
  AUTHORIZER_CONFIGURATION_ERROR: [
    500,
    'Internal server error',
    'AuthorizerConfigurationException',
  ],
  AUTHORIZER_FAILURE: [500, 'Internal server error', 'AuthorizerFailureException'],
  BAD_REQUEST_BODY: [400, 'Invalid request body', 'BadRequestException'],
  BAD_REQUEST_PARAMETERS: [400, 'Missing required request parameters', 'BadRequestException'],
  EXPIRED_TOKEN: [
    403,
    'The security token included in the request is expired',
    'ExpiredTokenException',
  ],
  INTEGRATION_FAILURE: [504, 'Internal server error', 'InternalServerErrorException'],
  INTEGRATION_TIMEOUT: [504, 'Endpoint request timed out', 'InternalServerErrorException'],
  INVALID_API_KEY: [403, 'Forbidden', 'ForbiddenException'],
  INVALID_SIGNATURE: [
    403,
    'The request signature we calculated does not match',
    'InvalidSignatureException',
  ],
  MISSING_AUTHENTICATION_TOKEN: [
    403,
    'Missing Authentication Token',
    'MissingAuthenticationTokenException',
  ],
  QUOTA_EXCEEDED: [429, 'Limit Exceeded', 'LimitExceededException'],
  REQUEST_TOO_LARGE: [
    413,
    'HTTP content length exceeded 10485760 bytes.',
    'RequestTooLargeException',
  ],
  RESOURCE_NOT_FOUND: [404, 'Not found', 'NotFoundException'],
  THROTTLED: [429, 'Too Many Requests', 'TooManyRequestsException'],
  UNAUTHORIZED: [401, 'Unauthorized', 'UnauthorizedException'],
  UNSUPPORTED_MEDIA_TYPE: [415, 'Unsupported Media Type', 'BadRequestException'],
  WAF_FILTERED: [403, 'Forbidden', 'ForbiddenException'],
} as const

export type GatewayResponseType = keyof typeof natives

/** What a single case changes of its type's native answer. */
export type GatewayError = {
  readonly type: GatewayResponseType
  readonly status?: number
  readonly message?: string
  /** In place of the native `x-amzn-ErrorType`. */
  readonly errorType?: string
}

/**
 * Writes the gateway responses of a REST API: the type's own definition, else `DEFAULT_4XX` or `DEFAULT_5XX`, else
 * the native `{"message": …}` (API Gateway, "Gateway responses in API Gateway").
 */
export function gatewayResponses(
  definitions: Readonly<Record<string, GatewayResponseDefinition>>,
): (error: GatewayError, call: ApiCall, context: TemplateContext) => HttpResponse {
  const known = new Map(Object.entries(definitions))
  return ({ type, status: givenStatus, message, errorType }, call, context) => {
    const [nativeStatus, nativeMessage, nativeErrorType] = natives[type]
    const defaultStatus = givenStatus ?? nativeStatus
    const fallback = known.get(defaultStatus < 500 ? 'DEFAULT_4XX' : 'DEFAULT_5XX')
    const definition = known.get(type) ?? fallback
    const chosen = Number(known.get(type)?.statusCode ?? fallback?.statusCode ?? defaultStatus)
    const status =
      Number.isInteger(chosen) && chosen >= 200 && chosen <= 599 ? chosen : defaultStatus
    const text = message ?? nativeMessage
    const full: TemplateContext = {
      ...context,
      'error.message': text,
      'error.messageString': JSON.stringify(text),
      'error.responseType': type,
      'error.validationErrorString': text,
    }
    const template = chooseTemplate(definition?.responseTemplates, call.request.headers['accept'])
    return {
      status,
      headers: {
        'content-type': template?.mediaType ?? 'application/json',
        'x-amzn-ErrorType': errorType ?? nativeErrorType,
        ...responseHeaders(definition?.responseParameters, call, full),
      },
      body:
        template === undefined
          ? JSON.stringify({ message: text })
          : renderTemplate(template.text, full),
    }
  }
}

type Template = { readonly mediaType: string; readonly text: string }

/** The template of a media type that the client accepts, else the one for JSON, else the first. */
function chooseTemplate(
  templates: Readonly<Record<string, string>> | undefined,
  accept: string | undefined,
): Template | undefined {
  const all = Object.entries(templates ?? {}).map(([mediaType, text]) => ({ mediaType, text }))
  return (
    all.find(({ mediaType }) => accept?.includes(mediaType) === true) ??
    all.find(({ mediaType }) => mediaType === 'application/json') ??
    all[0]
  )
}

function responseHeaders(
  parameters: Readonly<Record<string, string>> | undefined,
  call: ApiCall,
  context: TemplateContext,
): Record<string, string> {
  const prefix = 'gatewayresponse.header.'
  const headers: [string, string][] = []
  for (const [name, source] of Object.entries(parameters ?? {})) {
    const value = name.startsWith(prefix) ? parameterValue(source, call, context) : undefined
    if (value !== undefined) headers.push([name.slice(prefix.length).toLowerCase(), value])
  }
  return Object.fromEntries(headers)
}
