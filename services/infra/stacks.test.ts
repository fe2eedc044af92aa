import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { App, Validations } from 'aws-cdk-lib'
import { AwsSolutionsChecks } from 'cdk-nag'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { addServices } from './services.ts'

type Resource = {
  readonly Type: string
  readonly Properties: Record<string, unknown>
  readonly DeletionPolicy?: string
}
type Stacks = Readonly<Record<string, readonly Resource[]>>

const folders: string[] = []

/** Throws where a rule pack or CloudFormation's schemas find something. */
function synthesize(
  stage: string,
  { checked = false, context = {} }: { checked?: boolean; context?: Record<string, string> } = {},
): Stacks {
  const outdir = mkdtempSync(join(tmpdir(), 'services-infra-'))
  folders.push(outdir)
  const app = new App({
    outdir,
    analyticsReporting: false,
    builtinCloudFormationValidation: checked,
    context: { stage, ...context },
  })
  addServices(app)
  if (checked) Validations.of(app).addPlugins(new AwsSolutionsChecks(app))
  const assembly = app.synth()
  const stacks = assembly.stacks.map((stack) => {
    const template = stack.template as { Resources: Record<string, Resource> }
    return [stack.displayName.replace(`${stage}-`, ''), Object.values(template.Resources)] as const
  })
  return Object.fromEntries(stacks)
}

const ofType = (stacks: Stacks, stack: string, type: string): readonly Resource[] =>
  (stacks[stack] ?? []).filter((resource) => resource.Type === type)

const property = (resource: Resource | undefined, name: string): unknown =>
  resource?.Properties[name]

/** Every action that a stack's roles allow, apart from writing logs. */
function actionsOf(stacks: Stacks, stack: string): string[] {
  const actions = ofType(stacks, stack, 'AWS::IAM::Policy').flatMap((policy) => {
    const document = policy.Properties['PolicyDocument'] as {
      Statement: { Action: string | string[] }[]
    }
    return document.Statement.flatMap((statement) => statement.Action)
  })
  return [...new Set(actions.filter((action) => !action.startsWith('logs:')))].toSorted((a, b) =>
    a < b ? -1 : 1,
  )
}

afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true })
})

describe.each(['dev', 'production'])('stage %s', (stage) => {
  it('passes the AwsSolutions rules and the check against CloudFormation’s schemas', () => {
    const act = () => synthesize(stage, { checked: true })

    expect(act).not.toThrow()
  }, 180_000) // the rules and schemas of every resource: seconds on an idle machine, a minute on a busy one
})

describe('the services in dev', () => {
  let stacks: Stacks
  beforeAll(() => {
    stacks = synthesize('dev')
  })

  it('is one stack a service', () => {
    expect(Object.keys(stacks).toSorted((a, b) => (a < b ? -1 : 1))).toEqual([
      'cargo',
      'directory',
      'identity',
      'manager',
      'telegram-bot',
      'tokens',
    ])
  })

  it('grants each service just what it does', () => {
    expect(actionsOf(stacks, 'identity')).toEqual(['cognito-idp:ListUsers'])
    expect(actionsOf(stacks, 'tokens')).toEqual([
      'dynamodb:DeleteItem',
      'dynamodb:GetItem',
      'dynamodb:PutItem',
      'dynamodb:UpdateItem',
    ])
    expect(actionsOf(stacks, 'directory')).toEqual(['dynamodb:GetItem', 'dynamodb:PutItem'])
    expect(actionsOf(stacks, 'manager')).toEqual([
      'dynamodb:DeleteItem',
      'dynamodb:GetItem',
      'dynamodb:PutItem',
      'dynamodb:Query',
      'dynamodb:Scan',
      'dynamodb:UpdateItem',
    ])
  })

  it('keeps each function of tokens to one action on one table', () => {
    const policies = ofType(stacks, 'tokens', 'AWS::IAM::Policy')

    for (const policy of policies) {
      const { Statement: statements } = policy.Properties['PolicyDocument'] as {
        Statement: { Action: string | string[] }[]
      }
      expect(statements.map((statement) => [statement.Action].flat().length)).toEqual([2, 1])
    }
    expect(policies).toHaveLength(4)
  })

  it('runs every function on a bundle of its own, with a log group that forgets', () => {
    for (const stack of ['tokens', 'cargo', 'directory', 'manager', 'identity']) {
      const functions = ofType(stacks, stack, 'AWS::Lambda::Function')
      const groups = ofType(stacks, stack, 'AWS::Logs::LogGroup')

      expect(groups).toHaveLength(functions.length)
      for (const group of groups) expect(property(group, 'RetentionInDays')).toBe(7)
      for (const fn of functions) {
        expect(fn.Properties).toMatchObject({ Runtime: 'nodejs22.x', Handler: 'index.handler' })
        expect(fn.Properties).toHaveProperty('LoggingConfig.LogGroup')
      }
    }
  })

  it('names each API’s place at the front door', () => {
    const restTag = { Key: 'cloudlet:base-path', Value: 'tokens' }

    expect(
      property(ofType(stacks, 'tokens', 'AWS::ApiGateway::RestApi')[0], 'Tags'),
    ).toContainEqual(restTag)
    for (const name of ['cargo', 'directory', 'identity']) {
      const [api] = ofType(stacks, name, 'AWS::ApiGatewayV2::Api')
      expect(property(api, 'Tags')).toMatchObject({ 'cloudlet:base-path': name })
    }
    const [pool] = ofType(stacks, 'identity', 'AWS::Cognito::UserPool')
    expect(property(pool, 'UserPoolTags')).toMatchObject({ 'cloudlet:demo-user': 'true' })
  })

  it('asks for a token on every route of cargo and on the manager', () => {
    const routes = ofType(stacks, 'cargo', 'AWS::ApiGatewayV2::Route')
    const posts = ofType(stacks, 'manager', 'AWS::ApiGateway::Method').filter(
      (method) => property(method, 'HttpMethod') === 'POST',
    )

    expect(
      routes
        .map((route) => String(property(route, 'RouteKey')))
        .toSorted((a, b) => (a < b ? -1 : 1)),
    ).toEqual([
      'GET /monitor',
      'GET /monitor/{proxy+}',
      'GET /orders/{order_id}',
      'POST /orders',
      'POST /orders/{proxy+}',
    ])
    for (const route of routes) expect(property(route, 'AuthorizationType')).toBe('JWT')
    expect(posts.map((post) => property(post, 'AuthorizationType'))).toEqual(['COGNITO_USER_POOLS'])
  })

  it('asks for a token where identity’s contract says so, and has it in no body', () => {
    const routes = ofType(stacks, 'identity', 'AWS::ApiGatewayV2::Route')
    const keysOf = (type: string): string[] =>
      routes
        .filter((route) => property(route, 'AuthorizationType') === type)
        .map((route) => String(property(route, 'RouteKey')))
        .toSorted((a, b) => (a < b ? -1 : 1))

    expect(keysOf('JWT')).toEqual([
      'GET /users/get-all',
      'GET /users/me',
      'GET /users/search/{username}',
      'POST /users/signup-batch',
    ])
    expect(keysOf('NONE')).toHaveLength(14)
  })

  it('answers the gateway’s own errors as the services answer theirs', () => {
    const responses = new Map(
      ofType(stacks, 'tokens', 'AWS::ApiGateway::GatewayResponse').map((response) => [
        property(response, 'ResponseType'),
        response.Properties,
      ]),
    )

    expect(responses.get('MISSING_AUTHENTICATION_TOKEN')).toMatchObject({
      StatusCode: '404',
      ResponseTemplates: { 'application/json': '{"error":"Not found"}' },
    })
    expect(responses.get('UNAUTHORIZED')).toMatchObject({
      ResponseTemplates: { 'application/json': '{"error":"Unauthorized"}' },
    })
    expect(responses.get('THROTTLED')).toMatchObject({
      ResponseTemplates: { 'application/json': '{"error":"Too many requests"}' },
    })
  })

  it('sends what never can be counted to a queue, alone', () => {
    const [mapping] = ofType(stacks, 'cargo', 'AWS::Lambda::EventSourceMapping')

    expect(mapping?.Properties).toMatchObject({
      BisectBatchOnFunctionError: true,
      FunctionResponseTypes: ['ReportBatchItemFailures'],
      StartingPosition: 'TRIM_HORIZON',
    })
    expect(mapping?.Properties).toHaveProperty('DestinationConfig.OnFailure.Destination')
  })
})

describe('production', () => {
  it('keeps its data, whatever happens to the stacks', () => {
    const stacks = synthesize('production')

    const tables = Object.keys(stacks).flatMap((name) =>
      ofType(stacks, name, 'AWS::DynamoDB::Table'),
    )
    const [pool] = ofType(stacks, 'identity', 'AWS::Cognito::UserPool')
    expect(tables).toHaveLength(9)
    for (const table of tables) {
      expect(table.DeletionPolicy).toBe('Retain')
      expect(table.Properties).toMatchObject({
        DeletionProtectionEnabled: true,
        PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
      })
    }
    expect(pool?.DeletionPolicy).toBe('Retain')
    expect(pool?.Properties).toMatchObject({ DeletionProtection: 'ACTIVE' })
  })
})

describe('a user pool that exists', () => {
  const existing = { USER_POOL_ID: 'us-east-1_abcdefghi', CLIENT_ID: '1234567890abcdefghijklmnop' }

  it('is trusted in place of one of the services’ own', () => {
    const stacks = synthesize('dev', { context: existing })

    const text = JSON.stringify(stacks)
    expect(text).not.toContain('AWS::Cognito::')
    for (const name of ['cargo', 'identity']) {
      const [authorizer] = ofType(stacks, name, 'AWS::ApiGatewayV2::Authorizer')
      expect(authorizer?.Properties).toMatchObject({
        JwtConfiguration: { Audience: [existing.CLIENT_ID] },
      })
    }
    expect(actionsOf(stacks, 'identity')).toEqual(['cognito-idp:ListUsers'])
    expect(text).toContain(':userpool/us-east-1_abcdefghi')
    // Deployed last, when nobody imports their own pool any longer.
    expect(Object.keys(stacks).at(-1)).toBe('identity')
  })

  it.each(Object.entries(existing))('is not named by %s alone', (name, value) => {
    expect(() => synthesize('dev', { context: { [name]: value } })).toThrow(
      'Set both USER_POOL_ID and CLIENT_ID',
    )
  })
})

it('refuses a stage that there is not', () => {
  expect(() => synthesize('live')).toThrow('Unknown stage "live"')
})
