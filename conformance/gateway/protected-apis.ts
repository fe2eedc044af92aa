import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import {
  AdminCreateUserCommand,
  AdminSetUserPasswordCommand,
  CognitoIdentityProviderClient,
  InitiateAuthCommand,
} from '@aws-sdk/client-cognito-identity-provider'
import { createCloud } from 'cloudlet'
import { systemClock } from '../../cloud/src/kernel/index.ts'
import { send } from '../harness.ts'
import type { Answer } from '../harness.ts'

const PASSWORD = 'Correct-horse-7'
const API_SCOPE = 'aws.cognito.signin.user.admin'

type Resources = Record<string, unknown>

/** Shows what the gateway tells a function of its caller, in either payload format. */
const SHOW = `exports.handler = async ({ requestContext: { authorizer = null, identity = null } }) => ({
  statusCode: 200,
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify({ authorizer, identity }),
})`

/**
 * Judges by the value of the header X-Key or Authorization: "deny", "nonsense" and "throw …" do what they
 * say, "only METHOD path" allows just that, anything else is let through. It counts how often it was asked.
 */
const JUDGE = `let asked = 0
exports.handler = async (event) => {
  asked += 1
  const key = event.authorizationToken ?? event.headers['x-key'] ?? event.headers['X-Key'] ?? ''
  const arn = event.methodArn ?? event.routeArn
  if (key.startsWith('throw ')) throw new Error(key.slice(6))
  if (key === 'nonsense') return { principalId: 'x' }
  const context = { key, asked, ok: true }
  if (event.version === '2.0') return { isAuthorized: key !== 'deny', context: { ...context, list: [1, 2] } }
  const [, only] = /^only (.+)$/.exec(key) ?? []
  const Resource = only === undefined ? '*' : arn.split('/').slice(0, 2).join('/') + '/' + only
  const Effect = key === 'deny' ? 'Deny' : 'Allow'
  const Statement = [{ Action: 'execute-api:Invoke', Effect, Resource }]
  return { principalId: 'user-' + key, policyDocument: { Version: '2012-10-17', Statement }, context }
}`

const fn = (code: string): unknown => ({
  Type: 'AWS::Lambda::Function',
  Properties: {
    Code: { ZipFile: code },
    Handler: 'index.handler',
    Runtime: 'nodejs22.x',
    Role: 'arn:aws:iam::000000000000:role/test',
  },
})

const pool = (): unknown => ({
  Type: 'AWS::Cognito::UserPool',
  Properties: { UserPoolName: 'people' },
})

const client = (poolId: string): unknown => ({
  Type: 'AWS::Cognito::UserPoolClient',
  Properties: {
    UserPoolId: { Ref: poolId },
    ExplicitAuthFlows: ['ALLOW_USER_PASSWORD_AUTH', 'ALLOW_REFRESH_TOKEN_AUTH'],
  },
})

const invocationUri = (name: string): unknown => ({
  'Fn::Sub': `arn:aws:apigateway:\${AWS::Region}:lambda:path/2015-03-31/functions/\${${name}.Arn}/invocations`,
})

const users: Resources = {
  Pool: pool(),
  Client: client('Pool'),
  OtherClient: client('Pool'),
  OtherPool: pool(),
  StrangeClient: client('OtherPool'),
  Show: fn(SHOW),
  Judge: fn(JUDGE),
}

function httpRoute(path: string, authorization: Resources): Resources {
  return {
    [`Http${path}`]: {
      Type: 'AWS::ApiGatewayV2::Route',
      Properties: {
        ApiId: { Ref: 'Http' },
        RouteKey: `GET /${path}`,
        Target: { 'Fn::Sub': 'integrations/${HttpShow}' },
        ...authorization,
      },
    },
  }
}

function httpAuthorizer(name: string, properties: Resources): Resources {
  return {
    [name]: {
      Type: 'AWS::ApiGatewayV2::Authorizer',
      Properties: { ApiId: { Ref: 'Http' }, Name: name, ...properties },
    },
  }
}

const httpApi: Resources = {
  Http: {
    Type: 'AWS::ApiGatewayV2::Api',
    Properties: {
      Name: 'http',
      ProtocolType: 'HTTP',
      Tags: { 'cloudlet:base-path': 'http' },
    },
  },
  HttpStage: {
    Type: 'AWS::ApiGatewayV2::Stage',
    Properties: { ApiId: { Ref: 'Http' }, StageName: '$default', AutoDeploy: true },
  },
  HttpShow: {
    Type: 'AWS::ApiGatewayV2::Integration',
    Properties: {
      ApiId: { Ref: 'Http' },
      IntegrationType: 'AWS_PROXY',
      IntegrationUri: { 'Fn::GetAtt': 'Show.Arn' },
      PayloadFormatVersion: '2.0',
    },
  },
  ...httpAuthorizer('Jwt', {
    AuthorizerType: 'JWT',
    IdentitySource: ['$request.header.Authorization'],
    JwtConfiguration: {
      Audience: [{ Ref: 'Client' }],
      Issuer: { 'Fn::Sub': 'https://cognito-idp.${AWS::Region}.amazonaws.com/${Pool}' },
    },
  }),
  ...httpAuthorizer('Simple', {
    AuthorizerType: 'REQUEST',
    AuthorizerUri: invocationUri('Judge'),
    AuthorizerPayloadFormatVersion: '2.0',
    EnableSimpleResponses: true,
    IdentitySource: ['$request.header.X-Key'],
  }),
  ...httpAuthorizer('Policy', {
    AuthorizerType: 'REQUEST',
    AuthorizerUri: invocationUri('Judge'),
    AuthorizerPayloadFormatVersion: '1.0',
    AuthorizerResultTtlInSeconds: 300,
    IdentitySource: ['$request.header.X-Key'],
  }),
  ...httpRoute('token', { AuthorizationType: 'JWT', AuthorizerId: { Ref: 'Jwt' } }),
  ...httpRoute('scoped', {
    AuthorizationType: 'JWT',
    AuthorizerId: { Ref: 'Jwt' },
    AuthorizationScopes: [API_SCOPE],
  }),
  ...httpRoute('simple', { AuthorizationType: 'CUSTOM', AuthorizerId: { Ref: 'Simple' } }),
  ...httpRoute('policy', { AuthorizationType: 'CUSTOM', AuthorizerId: { Ref: 'Policy' } }),
  ...httpRoute('signed', { AuthorizationType: 'AWS_IAM' }),
}

function restMethod(path: string, HttpMethod: string, authorization: Resources): Resources {
  const RestApiId = { Ref: 'Rest' }
  return {
    [`Rest${path}`]: {
      Type: 'AWS::ApiGateway::Resource',
      Properties: { RestApiId, ParentId: { 'Fn::GetAtt': 'Rest.RootResourceId' }, PathPart: path },
    },
    [`Rest${path}Method`]: {
      Type: 'AWS::ApiGateway::Method',
      Properties: {
        RestApiId,
        ResourceId: { Ref: `Rest${path}` },
        HttpMethod,
        Integration: {
          Type: 'AWS_PROXY',
          IntegrationHttpMethod: 'POST',
          Uri: invocationUri('Show'),
        },
        ...authorization,
      },
    },
  }
}

function restAuthorizer(name: string, properties: Resources): Resources {
  return {
    [name]: {
      Type: 'AWS::ApiGateway::Authorizer',
      Properties: { RestApiId: { Ref: 'Rest' }, Name: name, ...properties },
    },
  }
}

const restApi: Resources = {
  Rest: {
    Type: 'AWS::ApiGateway::RestApi',
    Properties: { Name: 'rest', Tags: [{ Key: 'cloudlet:base-path', Value: 'rest' }] },
  },
  RestDeployment: {
    Type: 'AWS::ApiGateway::Deployment',
    Properties: { RestApiId: { Ref: 'Rest' } },
  },
  RestStage: {
    Type: 'AWS::ApiGateway::Stage',
    Properties: {
      RestApiId: { Ref: 'Rest' },
      DeploymentId: { Ref: 'RestDeployment' },
      StageName: 'live',
    },
  },
  ...restAuthorizer('Users', {
    Type: 'COGNITO_USER_POOLS',
    ProviderARNs: [{ 'Fn::GetAtt': 'Pool.Arn' }],
    IdentitySource: 'method.request.header.Authorization',
  }),
  ...restAuthorizer('Token', {
    Type: 'TOKEN',
    AuthorizerUri: invocationUri('Judge'),
    IdentitySource: 'method.request.header.Authorization',
    IdentityValidationExpression: '[a-zA-Z0-9/ ]+',
  }),
  ...restAuthorizer('Request', {
    Type: 'REQUEST',
    AuthorizerUri: invocationUri('Judge'),
    IdentitySource: 'method.request.header.X-Key, method.request.querystring.q',
    AuthorizerResultTtlInSeconds: 0,
  }),
  ...restMethod('token', 'GET', {
    AuthorizationType: 'COGNITO_USER_POOLS',
    AuthorizerId: { Ref: 'Users' },
  }),
  ...restMethod('scoped', 'GET', {
    AuthorizationType: 'COGNITO_USER_POOLS',
    AuthorizerId: { Ref: 'Users' },
    AuthorizationScopes: [API_SCOPE],
  }),
  ...restMethod('custom', 'ANY', { AuthorizationType: 'CUSTOM', AuthorizerId: { Ref: 'Token' } }),
  ...restMethod('request', 'GET', {
    AuthorizationType: 'CUSTOM',
    AuthorizerId: { Ref: 'Request' },
  }),
  ...restMethod('signed', 'ANY', { AuthorizationType: 'AWS_IAM' }),
}

type Tokens = { readonly AccessToken: string; readonly IdToken: string }

/** APIs with every kind of authorizer, on a cloud whose clock can be set, and people to sign in. */
export async function startProtectedApis() {
  const folder = mkdtempSync(join(tmpdir(), 'protected-apis-'))
  let aheadMs = 0
  const cloud = await createCloud({
    port: 0,
    frontPort: 0,
    data: 'memory',
    clock: { now: () => systemClock.now() + aheadMs, after: systemClock.after },
    accessKeys: [{ accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'example-secret' }],
  })
  const template = join(folder, 'protected.template.json')
  const outputs = ['Pool', 'Client', 'OtherClient', 'OtherPool', 'StrangeClient']
  writeFileSync(
    template,
    JSON.stringify({
      Resources: { ...users, ...httpApi, ...restApi },
      Outputs: Object.fromEntries(outputs.map((name) => [name, { Value: { Ref: name } }])),
    }),
  )
  const { stack } = await cloud.deployTemplate(template)
  const ids = new Map(stack.outputs.map(({ name, value }) => [name, value]))
  const cognito = new CognitoIdentityProviderClient({
    endpoint: cloud.endpoint,
    region: 'us-east-1',
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
  })
  for (const name of ['Pool', 'OtherPool']) {
    const person = { UserPoolId: ids.get(name), Username: 'ana' }
    await cognito.send(new AdminCreateUserCommand({ ...person, MessageAction: 'SUPPRESS' }))
    await cognito.send(
      new AdminSetUserPasswordCommand({ ...person, Password: PASSWORD, Permanent: true }),
    )
  }
  return {
    frontDoor: cloud.frontDoor ?? '',
    endpoint: cloud.endpoint,
    poolId: ids.get('Pool') ?? '',
    async signIn(client: 'Client' | 'OtherClient' | 'StrangeClient' = 'Client'): Promise<Tokens> {
      const { AuthenticationResult } = await cognito.send(
        new InitiateAuthCommand({
          ClientId: ids.get(client),
          AuthFlow: 'USER_PASSWORD_AUTH',
          AuthParameters: { USERNAME: 'ana', PASSWORD },
        }),
      )
      return {
        AccessToken: AuthenticationResult?.AccessToken ?? '',
        IdToken: AuthenticationResult?.IdToken ?? '',
      }
    },
    get: (path: string, headers: Readonly<Record<string, string>> = {}): Promise<Answer> =>
      send('GET', `${cloud.frontDoor}${path}`, { headers }),
    /** Runs `work` while the cloud's clock is so far ahead. */
    async at<Result>(ms: number, work: () => Promise<Result>): Promise<Result> {
      aheadMs = ms
      try {
        return await work()
      } finally {
        aheadMs = 0
      }
    },
    async stop(): Promise<void> {
      cognito.destroy()
      await cloud.close()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

export type ProtectedApis = Awaited<ReturnType<typeof startProtectedApis>>
