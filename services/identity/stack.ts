import { Duration } from 'aws-cdk-lib'
import type { App } from 'aws-cdk-lib'
import { HttpMethod, HttpNoneAuthorizer } from 'aws-cdk-lib/aws-apigatewayv2'
import type { HttpApi, IHttpRouteAuthorizer } from 'aws-cdk-lib/aws-apigatewayv2'
import { HttpUserPoolAuthorizer } from 'aws-cdk-lib/aws-apigatewayv2-authorizers'
import { HttpLambdaIntegration } from 'aws-cdk-lib/aws-apigatewayv2-integrations'
import type { IFunction } from 'aws-cdk-lib/aws-lambda'
import { acknowledge, allow, jsonHttpApi, serviceFunction } from '@cloudlet/infra'
import type { ServiceStackProps } from '@cloudlet/infra'

/** The longest that an HTTP API waits: signing up a hundred users takes its time. */
const BATCH_TIMEOUT = Duration.seconds(29)
/** Longer than the client's attempts together (store/client.ts). */
const TIMEOUT = Duration.seconds(20)

/**
 * Sign-up and sign-in over the services' user pool: an HTTP API and a function for each group of routes with the same
 * rights. All but ListUsers are operations that Cognito answers to anyone with a client id, a session or a token, so
 * that no role grants them ("Amazon Cognito user pools API authenticated and unauthenticated API operations").
 */
export function identityStack(_app: App, { stage, bundles, users }: ServiceStackProps): void {
  const { stack, userPool, client } = users
  const api = jsonHttpApi(stack, {
    stage,
    basePath: 'identity',
    description: 'Sign-up and sign-in',
  })
  const signedIn = new HttpUserPoolAuthorizer('SignedIn', userPool, {
    userPoolClients: [client],
  })
  const anyone = new HttpNoneAuthorizer()
  const CLIENT_ID = client.userPoolClientId
  const common = { stage, bundles, timeout: TIMEOUT }

  const registration = serviceFunction(stack, 'Registration', {
    ...common,
    handler: 'identity/registration',
    description: 'Signs people up',
    environment: { CLIENT_ID },
  })
  addRoutes(api, registration, anyone, [
    'POST /users/signup',
    'PUT /users/confirm',
    'POST /users/resend-code',
  ])

  const session = serviceFunction(stack, 'Session', {
    ...common,
    handler: 'identity/session',
    description: 'Signs people in and out',
    environment: { CLIENT_ID },
  })
  addRoutes(api, session, anyone, [
    'PUT /users/login',
    'PUT /users/challenge',
    'PUT /users/refresh',
    'PUT /users/logout',
  ])

  const password = serviceFunction(stack, 'Password', {
    ...common,
    handler: 'identity/password',
    description: 'Replaces forgotten passwords',
    // Known to the account alone and the same for good: what pretended deliveries are derived under.
    environment: { CLIENT_ID, DELIVERY_KEY: stack.stackId },
  })
  addRoutes(api, password, anyone, ['PUT /users/forget-pwd', 'PUT /users/confirm-pwd'])

  const account = serviceFunction(stack, 'Account', {
    ...common,
    handler: 'identity/account',
    description: 'Shows and changes one’s own account',
    environment: {},
  })
  addRoutes(api, account, signedIn, ['GET /users/me'])
  // Their access token stands in the body: Cognito itself verifies it, revocation included.
  addRoutes(api, account, anyone, [
    'PUT /users/update',
    'PUT /users/verify-code',
    'PUT /users/verify',
    'PUT /users/change-pwd',
    'PUT /users/delete',
  ])

  const admin = serviceFunction(stack, 'Admin', {
    ...common,
    handler: 'identity/admin',
    description: 'Shows and creates users, for admins',
    environment: { CLIENT_ID, USER_POOL_ID: userPool.userPoolId },
    timeout: BATCH_TIMEOUT,
  })
  allow(admin, ['cognito-idp:ListUsers'], [userPool.userPoolArn])
  addRoutes(api, admin, signedIn, [
    'POST /users/signup-batch',
    'GET /users/get-all',
    'GET /users/search/{username}',
  ])

  acknowledge(api, {
    'AwsSolutions-APIG4':
      'Who is not signed in yet must reach these routes; the others carry a token in the body.',
  })
}

function addRoutes(
  api: HttpApi,
  fn: IFunction,
  authorizer: IHttpRouteAuthorizer,
  keys: readonly `${'GET' | 'POST' | 'PUT'} /${string}`[],
): void {
  const integration = new HttpLambdaIntegration(`${fn.node.id}Integration`, fn)
  for (const key of keys) {
    const [method = '', path = ''] = key.split(' ')
    api.addRoutes({ path, methods: [HttpMethod[method as HttpMethod]], integration, authorizer })
  }
}
