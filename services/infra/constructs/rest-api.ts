import { Tags } from 'aws-cdk-lib'
import type { Stack } from 'aws-cdk-lib'
import { Cors, EndpointType, ResponseType, RestApi } from 'aws-cdk-lib/aws-apigateway'
import { acknowledge } from './acknowledge.ts'
import { output } from './output.ts'
import { physicalName } from './stage.ts'
import type { Stage } from './stage.ts'

/** Answers of the gateway itself in the services' own form ("Gateway response types for API Gateway"). */
const GATEWAY_RESPONSES: readonly (readonly [string, ResponseType, string | undefined, string])[] =
  [
    ['UnknownRoute', ResponseType.MISSING_AUTHENTICATION_TOKEN, '404', 'Not found'],
    ['UnknownResource', ResponseType.RESOURCE_NOT_FOUND, '404', 'Not found'],
    ['Unauthorized', ResponseType.UNAUTHORIZED, '401', 'Unauthorized'],
    ['Forbidden', ResponseType.ACCESS_DENIED, '403', 'Forbidden'],
    ['Throttled', ResponseType.THROTTLED, '429', 'Too many requests'],
    ['OverQuota', ResponseType.QUOTA_EXCEEDED, '429', 'Too many requests'],
    ['TooLarge', ResponseType.REQUEST_TOO_LARGE, '413', 'The body is too large'],
    ['Failure', ResponseType.INTEGRATION_FAILURE, '502', 'The service failed. Please try again.'],
    ['Timeout', ResponseType.INTEGRATION_TIMEOUT, '504', 'The service took too long to answer'],
    ['ClientError', ResponseType.DEFAULT_4XX, undefined, 'The request is not valid'],
    ['ServerError', ResponseType.DEFAULT_5XX, undefined, 'The service failed. Please try again.'],
  ]

/** A REST API under `basePath`, with CORS, throttling and the gateway's own errors as JSON. */
export function jsonRestApi(
  stack: Stack,
  props: { readonly stage: Stage; readonly basePath: string; readonly description: string },
): RestApi {
  const { stage, basePath, description } = props
  const api = new RestApi(stack, 'Api', {
    restApiName: physicalName(stage, basePath),
    description,
    endpointTypes: [EndpointType.REGIONAL],
    cloudWatchRole: false,
    deployOptions: {
      stageName: stage.name,
      throttlingRateLimit: stage.throttle.rateLimit,
      throttlingBurstLimit: stage.throttle.burstLimit,
    },
    defaultCorsPreflightOptions: {
      allowOrigins: Cors.ALL_ORIGINS,
      allowMethods: Cors.ALL_METHODS,
      allowHeaders: ['Authorization', 'Content-Type', 'Accept'],
    },
  })
  // RestApi makes an output of its own with a generated name; ApiUrl below is ours.
  api.node.tryRemoveChild('Endpoint')
  for (const [id, type, statusCode, sentence] of GATEWAY_RESPONSES) {
    api.addGatewayResponse(id, {
      type,
      ...(statusCode === undefined ? {} : { statusCode }),
      responseHeaders: { 'Access-Control-Allow-Origin': "'*'" },
      templates: { 'application/json': JSON.stringify({ error: sentence }) },
    })
  }
  // A front door (the local cloud's, or a custom domain's base-path mapping) serves the API under this path.
  Tags.of(api).add('cloudlet:base-path', basePath)
  acknowledge(api, {
    'AwsSolutions-APIG1': 'Every function logs its requests; access logs would say it twice.',
    'AwsSolutions-APIG2': 'The functions validate requests, with an issue for each field.',
    'AwsSolutions-APIG3': 'A web firewall is the account owner’s choice; throttling is on.',
    'AwsSolutions-APIG6': 'Every function logs its requests; execution logs would say it twice.',
  })
  output(stack, 'ApiUrl', api.url)
  return api
}
