import type { App } from 'aws-cdk-lib'
import { HttpMethod } from 'aws-cdk-lib/aws-apigatewayv2'
import { HttpLambdaIntegration } from 'aws-cdk-lib/aws-apigatewayv2-integrations'
import {
  acknowledge,
  allow,
  jsonHttpApi,
  serviceFunction,
  serviceStack,
  serviceTable,
} from '@cloudlet/infra'
import type { ServiceStackProps } from '@cloudlet/infra'

/** Users by id: one table and one function with a router of its own, behind a public HTTP API. */
export function directoryStack(app: App, { stage, bundles }: ServiceStackProps): void {
  const stack = serviceStack(app, 'directory', stage, 'Users by their id')
  const table = serviceTable(stack, 'Users', { stage, name: 'users', partitionKey: 'userId' })
  const api = jsonHttpApi(stack, { stage, basePath: 'directory', description: 'Users' })
  const fn = serviceFunction(stack, 'Function', {
    stage,
    bundles,
    handler: 'directory/api',
    description: 'Writes and finds users',
    environment: { USERS_TABLE: table.tableName },
  })
  allow(fn, ['dynamodb:PutItem', 'dynamodb:GetItem'], [table.tableArn])
  const integration = new HttpLambdaIntegration('Integration', fn)
  api.addRoutes({ path: '/{proxy+}', methods: [HttpMethod.ANY], integration })
  acknowledge(api, {
    'AwsSolutions-APIG4': 'The contract makes this API public.',
  })
}
