import { cognitoUserPoolClient } from './resources/cognito-user-pool-client.ts'
import { cognitoUserPoolDomain } from './resources/cognito-user-pool-domain.ts'
import { cognitoUserPoolGroup } from './resources/cognito-user-pool-group.ts'
import { cognitoUserPoolResourceServer } from './resources/cognito-user-pool-resource-server.ts'
import { cognitoUserPool } from './resources/cognito-user-pool.ts'
import { dynamodbTable } from './resources/dynamodb-table.ts'
import { apiMapping } from './resources/http-api/api-mapping.ts'
import { httpApi } from './resources/http-api/api.ts'
import { httpAuthorizer } from './resources/http-api/authorizer.ts'
import { httpDeployment } from './resources/http-api/deployment.ts'
import { httpDomainName } from './resources/http-api/domain-name.ts'
import { httpIntegration } from './resources/http-api/integration.ts'
import { httpRoute } from './resources/http-api/route.ts'
import { httpStage } from './resources/http-api/stage.ts'
import { iamManagedPolicy, iamPolicy, iamRole } from './resources/iam.ts'
import {
  apiGatewayAccount,
  cdkMetadata,
  cloudWatchAlarm,
  cloudWatchDashboard,
  lambdaPermission,
  sqsQueuePolicy,
  waitConditionHandle,
} from './resources/inert-types.ts'
import { lambdaEventInvokeConfig } from './resources/lambda-event-invoke-config.ts'
import { lambdaEventSourceMapping } from './resources/lambda-event-source-mapping.ts'
import { lambdaFunction } from './resources/lambda-function.ts'
import { lambdaAlias, lambdaVersion } from './resources/lambda-version.ts'
import { logsLogGroup } from './resources/logs-log-group.ts'
import { restApi } from './resources/rest-api/api.ts'
import { restAuthorizer } from './resources/rest-api/authorizer.ts'
import { basePathMapping } from './resources/rest-api/base-path-mapping.ts'
import { restDeployment } from './resources/rest-api/deployment.ts'
import { restDomainName } from './resources/rest-api/domain-name.ts'
import { gatewayResponse } from './resources/rest-api/gateway-response.ts'
import { restMethod } from './resources/rest-api/method.ts'
import { restResource } from './resources/rest-api/resource.ts'
import { restStage } from './resources/rest-api/stage.ts'
import { sqsQueue } from './resources/sqs-queue.ts'
import { ssmParameter } from './resources/ssm-parameter.ts'
import type { ResourceType } from './resource-type.ts'

/** Every resource type that a template may hold. A new type is added here, with its file in `resources/`. */
const all: readonly ResourceType[] = [
  apiGatewayAccount,
  apiMapping,
  basePathMapping,
  cdkMetadata,
  cloudWatchAlarm,
  cloudWatchDashboard,
  cognitoUserPool,
  cognitoUserPoolClient,
  cognitoUserPoolDomain,
  cognitoUserPoolGroup,
  cognitoUserPoolResourceServer,
  dynamodbTable,
  gatewayResponse,
  httpApi,
  httpAuthorizer,
  httpDeployment,
  httpDomainName,
  httpIntegration,
  httpRoute,
  httpStage,
  iamManagedPolicy,
  iamPolicy,
  iamRole,
  lambdaAlias,
  lambdaEventInvokeConfig,
  lambdaEventSourceMapping,
  lambdaFunction,
  lambdaPermission,
  lambdaVersion,
  logsLogGroup,
  restApi,
  restAuthorizer,
  restDeployment,
  restDomainName,
  restMethod,
  restResource,
  restStage,
  sqsQueue,
  sqsQueuePolicy,
  ssmParameter,
  waitConditionHandle,
]

export const resourceTypes: ReadonlyMap<string, ResourceType> = new Map(
  all.map((each) => [each.type, each]),
)

/** Why a type is refused, or what to use instead; a key that ends in `::` stands for all of its kind. */
export const refusedTypes: ReadonlyMap<string, string> = new Map([
  ['AWS::Cognito::UserPoolIdentityProvider', 'users sign in with a password'],
  ['AWS::Lambda::Url', 'put an HTTP API before the function'],
  ['AWS::Lambda::LayerVersion', 'bundle what the layer holds with the function'],
  [
    'AWS::S3::Bucket',
    'there is no S3 here; code is taken from the assembly or from beside the template',
  ],
  ['AWS::S3::BucketPolicy', 'there is no S3 here'],
  ['AWS::ApiGateway::Model', 'check the body in the function'],
  ['AWS::ApiGateway::RequestValidator', 'check the request in the function'],
  ['AWS::CloudFormation::Stack', 'deploy nested stacks by themselves'],
  ['AWS::DynamoDB::GlobalTable', 'use AWS::DynamoDB::Table; CDK: dynamodb.Table'],
  [
    'Custom::LogRetention',
    'custom resources are not invoked; give the function a LogGroup of its own (CDK: logGroup instead of logRetention)',
  ],
  ['Custom::', 'custom resources are not invoked'],
  ['AWS::CloudFormation::CustomResource', 'custom resources are not invoked'],
])
