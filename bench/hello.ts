import { writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** The function that every host of functions runs in the benches. */
const helloCode =
  "exports.handler = async () => ({ statusCode: 200, body: JSON.stringify({ message: 'hello' }) })"

/** A CloudFormation template with functions `hello-0`, `hello-1` … and an HTTP API that calls the first. */
function helloTemplate(functions: number): object {
  const named = Array.from({ length: functions }, (_, n) => [
    `Hello${n}`,
    {
      Type: 'AWS::Lambda::Function',
      Properties: {
        FunctionName: `hello-${n}`,
        Runtime: 'nodejs22.x',
        Handler: 'index.handler',
        Role: { 'Fn::GetAtt': ['Role', 'Arn'] },
        Code: { ZipFile: helloCode },
      },
    },
  ])
  return {
    Resources: {
      Role: {
        Type: 'AWS::IAM::Role',
        Properties: { AssumeRolePolicyDocument: { Version: '2012-10-17', Statement: [] } },
      },
      ...(Object.fromEntries(named) as object),
      Api: { Type: 'AWS::ApiGatewayV2::Api', Properties: { Name: 'hello', ProtocolType: 'HTTP' } },
      Stage: {
        Type: 'AWS::ApiGatewayV2::Stage',
        Properties: { ApiId: { Ref: 'Api' }, StageName: '$default', AutoDeploy: true },
      },
      Integration: {
        Type: 'AWS::ApiGatewayV2::Integration',
        Properties: {
          ApiId: { Ref: 'Api' },
          IntegrationType: 'AWS_PROXY',
          IntegrationUri: { 'Fn::GetAtt': ['Hello0', 'Arn'] },
          PayloadFormatVersion: '2.0',
        },
      },
      Route: {
        Type: 'AWS::ApiGatewayV2::Route',
        Properties: {
          ApiId: { Ref: 'Api' },
          RouteKey: '$default',
          Target: { 'Fn::Join': ['/', ['integrations', { Ref: 'Integration' }]] },
        },
      },
    },
  }
}

/** Writes the template into a folder; gives the file. */
export function helloTemplateFile(folder: string, functions = 1): string {
  const file = join(folder, 'hello.json')
  writeFileSync(file, JSON.stringify(helloTemplate(functions)))
  return file
}

/** Writes the same function as a project of the Serverless Framework, with the plugin serverless-offline. */
export function helloProject(folder: string): void {
  writeFileSync(join(folder, 'index.js'), helloCode)
  const project = {
    service: 'hello',
    frameworkVersion: '*',
    provider: { name: 'aws', runtime: 'nodejs20.x' },
    plugins: ['serverless-offline'],
    functions: { hello: { handler: 'index.handler', events: [{ httpApi: '*' }] } },
  }
  writeFileSync(join(folder, 'serverless.json'), JSON.stringify(project))
}
