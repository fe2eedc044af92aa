import { arn, AwsError } from '../../kernel/index.ts'
import type { Json } from '../../template/index.ts'
import { findCode } from '../assets/find-code.ts'
import {
  inert,
  list,
  map,
  members,
  number,
  oneOf,
  refused,
  required,
  tagList,
  tagsOf,
  text,
  type PropertiesOf,
} from '../property-shape.ts'
import { generatedName, type ResourceContext } from '../resource-context.ts'
import { resourceType, type PhysicalResource } from '../resource-type.ts'

/** CloudFormation, "AWS::Lambda::Function". */
const properties = {
  Architectures: list(text),
  CapacityProviderConfig: refused('functions run on this machine'),
  Code: required(
    members({
      ImageUri: refused('container images need Docker; package the function as a zip'),
      S3Bucket: text,
      S3Key: text,
      S3ObjectVersion: inert,
      SourceKMSKeyArn: inert,
      ZipFile: text,
    }),
  ),
  CodeSigningConfigArn: inert,
  DeadLetterConfig: members({ TargetArn: text }),
  Description: text,
  DurableConfig: refused('durable functions'),
  Environment: members({ Variables: map(text) }),
  EphemeralStorage: inert,
  FileSystemConfigs: refused('there is no EFS here'),
  FunctionName: text,
  FunctionScalingConfig: inert,
  Handler: text,
  ImageConfig: refused('container images need Docker; package the function as a zip'),
  KmsKeyArn: inert,
  Layers: refused('bundle what the layer holds with the function'),
  LoggingConfig: members({
    ApplicationLogLevel: inert,
    LogFormat: inert,
    LogGroup: text,
    SystemLogLevel: inert,
  }),
  MemorySize: number,
  PackageType: oneOf('Zip'),
  PublishToLatestPublished: inert,
  RecursiveLoop: inert,
  ReservedConcurrentExecutions: number,
  Role: required(text),
  Runtime: text,
  RuntimeManagementConfig: inert,
  SnapStart: inert,
  Tags: tagList,
  TenancyConfig: refused('tenant isolation'),
  Timeout: number,
  TracingConfig: members({ Mode: oneOf('Active', 'PassThrough') }),
  VpcConfig: inert,
} as const

type FunctionProperties = PropertiesOf<typeof properties>

/** Lambda, "Configure Lambda function memory" and "timeout": what a template leaves out. */
const memoryMbDefault = 128
const timeoutSecondsDefault = 3

export const lambdaFunction = resourceType({
  type: 'AWS::Lambda::Function',
  properties,
  attributes: ['Arn'],
  check(wanted, report, context) {
    const code = findCode(wanted.Code, context.sources)
    if (typeof code === 'string') report('Code', code)
    if (wanted.Runtime === undefined) report('Runtime', 'is missing')
    else if (!/^nodejs\d+\.x$/.test(wanted.Runtime)) {
      report('Runtime', `${wanted.Runtime} is not simulated; functions run on Node.js (nodejs22.x)`)
    }
    if (wanted.Handler === undefined) report('Handler', 'is missing')
  },
  fingerprint(wanted, context) {
    const code = findCode(wanted.Code, context.sources)
    return typeof code === 'string' ? undefined : code.sha256
  },
  create(context, wanted) {
    const name = wanted.FunctionName ?? generatedName(context)
    return register(context, name, wanted)
  },
  update(context, existing, { before, after }) {
    if (before.FunctionName !== after.FunctionName) return 'replace'
    return register(context, existing.physicalId, after)
  },
  remove(context, existing) {
    context.parts.functions.remove(existing.physicalId)
  },
  restore(context, existing, wanted) {
    put(context, existing, wanted)
  },
})

function register(
  context: ResourceContext,
  name: string,
  wanted: FunctionProperties,
): PhysicalResource {
  const source = findCode(wanted.Code, context.sources)
  if (typeof source === 'string') throw new AwsError('ValidationError', source)
  context.code.keep(source)
  const physical: PhysicalResource = {
    physicalId: name,
    attributes: { Arn: arn(context.environment, 'lambda', `function:${name}`) },
    internal: { code: source.sha256, modified: context.environment.clock.now() },
  }
  put(context, physical, wanted)
  return physical
}

function put(
  context: ResourceContext,
  existing: PhysicalResource,
  wanted: FunctionProperties,
): void {
  const name = existing.physicalId
  const code = textOf(existing.internal?.['code'])
  const deadLetters = wanted.DeadLetterConfig?.TargetArn
  const optional = {
    ...(wanted.Description === undefined ? {} : { description: wanted.Description }),
    ...(wanted.ReservedConcurrentExecutions === undefined
      ? {}
      : { reservedConcurrency: wanted.ReservedConcurrentExecutions }),
    ...(deadLetters === undefined ? {} : { onFailure: deadLetters }),
    // What an EventInvokeConfig has set stays when only the function itself changes.
    ...invokeConfig(context, name),
  }
  context.parts.functions.put({
    ...optional,
    name,
    arn: textOf(existing.attributes['Arn']),
    runtime: wanted.Runtime ?? 'nodejs22.x',
    handler: wanted.Handler ?? 'index.handler',
    codeFolder: context.code.folderOf(code),
    codeSha256: Buffer.from(code, 'hex').toString('base64'),
    environment: { ...wanted.Environment?.Variables },
    memoryMb: wanted.MemorySize ?? memoryMbDefault,
    timeoutMs: (wanted.Timeout ?? timeoutSecondsDefault) * 1000,
    role: wanted.Role,
    lastModified: new Date(Number(existing.internal?.['modified'] ?? 0)).toISOString(),
    logGroup: wanted.LoggingConfig?.LogGroup ?? `/aws/lambda/${name}`,
    tracing: wanted.TracingConfig?.Mode ?? 'PassThrough',
    architectures: [...(wanted.Architectures ?? ['x86_64'])],
    tags: tagsOf(wanted.Tags),
  })
}

function invokeConfig(context: ResourceContext, name: string): object {
  const known = context.parts.functions.get(name)
  if (known?.maximumEventAgeSeconds === undefined && known?.maximumRetryAttempts === undefined) {
    return {}
  }
  return {
    ...(known.onFailure === undefined ? {} : { onFailure: known.onFailure }),
    ...(known.maximumRetryAttempts === undefined
      ? {}
      : { maximumRetryAttempts: known.maximumRetryAttempts }),
    ...(known.maximumEventAgeSeconds === undefined
      ? {}
      : { maximumEventAgeSeconds: known.maximumEventAgeSeconds }),
  }
}

const textOf = (value: Json | undefined): string => (typeof value === 'string' ? value : '')
