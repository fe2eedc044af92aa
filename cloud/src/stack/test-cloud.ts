import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Cloud, CloudOptions } from './cloud.ts'
import { createCloud } from './create-cloud.ts'
import type { DeployOutcome } from './deploy/deployer.ts'

/** What a test says a template holds. */
export type Sections = Readonly<Record<string, unknown>>

/** A folder for a test's files; `done` removes it with all clouds that were started on it. */
export function testBench() {
  const folder = mkdtempSync(join(tmpdir(), 'cloudlet-test-'))
  const clouds = new Set<Cloud>()
  const reports: string[] = []

  return {
    folder,
    /** Warnings and errors that the clouds have reported. */
    reports,
    /** A cloud on free ports, in memory unless told otherwise. */
    async start(options: Partial<CloudOptions> = {}): Promise<Cloud> {
      const cloud = await createCloud({
        port: 0,
        frontPort: 0,
        data: 'memory',
        report(event) {
          if (event.level === 'warn' || event.level === 'error') reports.push(event.message)
        },
        ...options,
      })
      clouds.add(cloud)
      return cloud
    },
    async stop(cloud: Cloud): Promise<void> {
      clouds.delete(cloud)
      await cloud.close()
    },
    /** Deploys a template made of these resources. */
    deploy(
      cloud: Cloud,
      name: string,
      resources: Sections,
      other: Sections = {},
    ): Promise<DeployOutcome> {
      const file = join(folder, `${name}.template.json`)
      writeFileSync(file, JSON.stringify({ Resources: resources, ...other }))
      return cloud.deployTemplate(file)
    },
    async done(): Promise<void> {
      for (const cloud of clouds) await cloud.close()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

/** A table with the key `id`. */
export const table = (properties: Sections = {}): Sections => ({
  Type: 'AWS::DynamoDB::Table',
  Properties: {
    BillingMode: 'PAY_PER_REQUEST',
    AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
    KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
    ...properties,
  },
})

/** A function from inline code, with its role. */
export const inlineFunction = (code: string, properties: Sections = {}): Sections => ({
  Type: 'AWS::Lambda::Function',
  Properties: {
    Code: { ZipFile: code },
    Handler: 'index.handler',
    Runtime: 'nodejs22.x',
    Role: 'arn:aws:iam::000000000000:role/test',
    ...properties,
  },
})

/** An HTTP API that hands every request to a function. */
export const httpApi = (name: string, functionLogicalId: string): Sections => ({
  Api: { Type: 'AWS::ApiGatewayV2::Api', Properties: { Name: name, ProtocolType: 'HTTP' } },
  Stage: {
    Type: 'AWS::ApiGatewayV2::Stage',
    Properties: { ApiId: { Ref: 'Api' }, StageName: '$default', AutoDeploy: true },
  },
  Integration: {
    Type: 'AWS::ApiGatewayV2::Integration',
    Properties: {
      ApiId: { Ref: 'Api' },
      IntegrationType: 'AWS_PROXY',
      IntegrationUri: { 'Fn::GetAtt': [functionLogicalId, 'Arn'] },
      PayloadFormatVersion: '2.0',
    },
  },
  Route: {
    Type: 'AWS::ApiGatewayV2::Route',
    Properties: {
      ApiId: { Ref: 'Api' },
      RouteKey: 'GET /hello/{name}',
      Target: { 'Fn::Sub': 'integrations/${Integration}' },
    },
  },
})
