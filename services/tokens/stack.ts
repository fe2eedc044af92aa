import type { App } from 'aws-cdk-lib'
import { LambdaIntegration } from 'aws-cdk-lib/aws-apigateway'
import {
  acknowledge,
  allow,
  jsonRestApi,
  serviceFunction,
  serviceStack,
  serviceTable,
} from '@cloudlet/infra'
import type { ServiceStackProps } from '@cloudlet/infra'

/**
 * Tokens that pair two entities: one table, one function an endpoint, a public REST API.
 *
 * @returns the API's address, for the services that are its clients
 */
export function tokensStack(
  app: App,
  { stage, bundles }: ServiceStackProps,
): { readonly url: string } {
  const stack = serviceStack(app, 'tokens', stage, 'Pair two entities without owning a database')
  const table = serviceTable(stack, 'Tokens', {
    stage,
    name: 'tokens',
    partitionKey: 'token',
    timeToLiveAttribute: 'expiresAt',
  })
  const api = jsonRestApi(stack, { stage, basePath: 'tokens', description: 'Token pairing' })

  const endpoints = [
    ['Create', 'POST', 'create', 'dynamodb:PutItem', 'Creates a token for an entity'],
    ['Get', 'GET', 'get/{token}', 'dynamodb:GetItem', 'Tells which entities a token pairs'],
    ['Update', 'PUT', 'update/{token}', 'dynamodb:UpdateItem', 'Pairs a second entity'],
    ['Delete', 'DELETE', 'delete/{token}', 'dynamodb:DeleteItem', 'Ends a pairing'],
  ] as const
  for (const [id, method, path, action, description] of endpoints) {
    const fn = serviceFunction(stack, id, {
      stage,
      bundles,
      handler: `tokens/${id.toLowerCase()}`,
      description,
      environment: { TOKENS_TABLE: table.tableName },
    })
    allow(fn, [action], [table.tableArn])
    api.root
      .resourceForPath(path)
      .addMethod(method, new LambdaIntegration(fn, { allowTestInvoke: false }))
  }
  acknowledge(api, {
    'AwsSolutions-APIG4': 'The contract makes this API public: who knows a token may use it.',
    'AwsSolutions-COG4': 'The contract makes this API public: who knows a token may use it.',
  })
  return { url: api.url }
}
