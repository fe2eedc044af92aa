import { Duration, Tags } from 'aws-cdk-lib'
import type { Stack } from 'aws-cdk-lib'
import { CorsHttpMethod, HttpApi } from 'aws-cdk-lib/aws-apigatewayv2'
import type { IHttpRouteAuthorizer } from 'aws-cdk-lib/aws-apigatewayv2'
import { acknowledge } from './acknowledge.ts'
import { output } from './output.ts'
import { physicalName } from './stage.ts'
import type { Stage } from './stage.ts'

/** An HTTP API under `basePath`, with CORS and throttling, on the `$default` stage. */
export function jsonHttpApi(
  stack: Stack,
  props: {
    readonly stage: Stage
    readonly basePath: string
    readonly description: string
    readonly authorizer?: IHttpRouteAuthorizer
  },
): HttpApi {
  const { stage, basePath, description, authorizer } = props
  const api = new HttpApi(stack, 'Api', {
    apiName: physicalName(stage, basePath),
    description,
    createDefaultStage: false,
    corsPreflight: {
      allowOrigins: ['*'],
      allowMethods: [CorsHttpMethod.ANY],
      allowHeaders: ['authorization', 'content-type', 'accept'],
      maxAge: Duration.hours(1),
    },
    ...(authorizer === undefined ? {} : { defaultAuthorizer: authorizer }),
  })
  api.addStage('Stage', {
    stageName: '$default',
    autoDeploy: true,
    throttle: stage.throttle,
  })
  // A front door (the local cloud's, or a custom domain's API mapping) serves the API under this path.
  Tags.of(api).add('cloudlet:base-path', basePath)
  acknowledge(stack, {
    'AwsSolutions-APIG1': 'Every function logs its requests; access logs would say it twice.',
  })
  output(stack, 'ApiUrl', api.apiEndpoint)
  return api
}
