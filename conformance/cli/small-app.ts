import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { inlineFunction, table, type Json } from '../deployed-cloud.ts'

/** A function behind an HTTP API at the base path `hello`, a table, and a pool with the demo user. */
export const greetingTemplate = (word: string): { readonly Resources: Json } => ({
  Resources: {
    Greet: inlineFunction(
      `exports.handler = async (event) => {
        console.log('asked for ' + JSON.stringify(event.rawPath ?? event))
        if (event.fail) throw new TypeError('as asked')
        return event.rawPath ? { statusCode: 200, body: '${word} ' + event.rawPath } : { word: '${word}', event }
      }`,
      { FunctionName: 'greet' },
    ),
    Kept: table({ TableName: 'kept' }),
    Users: {
      Type: 'AWS::Cognito::UserPool',
      Properties: { UserPoolName: 'people', UserPoolTags: { 'cloudlet:demo-user': 'true' } },
    },
    Client: {
      Type: 'AWS::Cognito::UserPoolClient',
      Properties: {
        UserPoolId: { Ref: 'Users' },
        ExplicitAuthFlows: ['ALLOW_USER_PASSWORD_AUTH', 'ALLOW_REFRESH_TOKEN_AUTH'],
      },
    },
    Api: {
      Type: 'AWS::ApiGatewayV2::Api',
      Properties: { Name: 'hello', ProtocolType: 'HTTP', Tags: { 'cloudlet:base-path': 'hello' } },
    },
    Stage: {
      Type: 'AWS::ApiGatewayV2::Stage',
      Properties: { ApiId: { Ref: 'Api' }, StageName: '$default', AutoDeploy: true },
    },
    Integration: {
      Type: 'AWS::ApiGatewayV2::Integration',
      Properties: {
        ApiId: { Ref: 'Api' },
        IntegrationType: 'AWS_PROXY',
        IntegrationUri: { 'Fn::GetAtt': ['Greet', 'Arn'] },
        PayloadFormatVersion: '2.0',
      },
    },
    Route: {
      Type: 'AWS::ApiGatewayV2::Route',
      Properties: {
        ApiId: { Ref: 'Api' },
        RouteKey: '$default',
        Target: { 'Fn::Sub': 'integrations/${Integration}' },
      },
    },
  },
})

/** What the app below does: what CDK's `app.synth()` leaves in CDK_OUTDIR. */
const APP = `import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
const out = process.env.CDK_OUTDIR
writeFileSync(join(out, 'app.template.json'), readFileSync('source.json'))
writeFileSync(join(out, 'manifest.json'), JSON.stringify({
  version: '36.0.0',
  artifacts: { app: { type: 'aws:cloudformation:stack', properties: { templateFile: 'app.template.json' } } },
}))
console.log('synthesized')
`

/** A folder with a template, and an app that writes it as a cloud assembly. */
export function smallApp() {
  const folder = mkdtempSync(join(tmpdir(), 'cloudlet-cli-'))
  const write = (name: string, content: string): string => {
    const file = join(folder, name)
    writeFileSync(file, content)
    return file
  }
  write('app.mjs', APP)
  return {
    folder,
    write,
    /** Says what the app and the template hold. */
    source(template: Json): void {
      write('source.json', JSON.stringify(template))
    },
    json: (name: string): unknown => JSON.parse(readFileSync(join(folder, name), 'utf8')),
    remove: () => rmSync(folder, { recursive: true, force: true }),
  }
}

export type SmallApp = ReturnType<typeof smallApp>
