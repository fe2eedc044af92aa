import type { App } from 'aws-cdk-lib'
import { CognitoUserPoolsAuthorizer, LambdaIntegration } from 'aws-cdk-lib/aws-apigateway'
import { allow, jsonRestApi, serviceFunction, serviceStack, serviceTable } from '@cloudlet/infra'
import type { ServiceStackProps } from '@cloudlet/infra'

const TABLE_ACTIONS = [
  'dynamodb:PutItem',
  'dynamodb:GetItem',
  'dynamodb:UpdateItem',
  'dynamodb:DeleteItem',
  'dynamodb:Query',
  'dynamodb:Scan',
]

/** One endpoint for DynamoDB operations on chosen tables, for the users of the pool. */
export function managerStack(app: App, { stage, bundles, users }: ServiceStackProps): void {
  const stack = serviceStack(app, 'manager', stage, 'One endpoint for DynamoDB operations')
  const table = serviceTable(stack, 'Table', {
    stage,
    name: 'lambda-apigateway',
    partitionKey: 'id',
  })
  const fn = serviceFunction(stack, 'Function', {
    stage,
    bundles,
    handler: 'manager/manage',
    description: 'Runs an operation on a managed table',
    environment: { MANAGED_TABLES: table.tableName },
  })
  allow(fn, TABLE_ACTIONS, [table.tableArn])
  const api = jsonRestApi(stack, { stage, basePath: 'manager', description: 'DynamoDB manager' })
  const authorizer = new CognitoUserPoolsAuthorizer(stack, 'Users', {
    cognitoUserPools: [users.userPool],
  })
  api.root
    .addResource('DynamoDBManager')
    .addMethod('POST', new LambdaIntegration(fn, { allowTestInvoke: false }), { authorizer })
}
