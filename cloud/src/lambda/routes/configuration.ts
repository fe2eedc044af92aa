import type { FunctionDefinition } from '../functions/definition.ts'

/** A function as GetFunctionConfiguration shows it. */
export function configurationOf(definition: FunctionDefinition): object {
  const { environment } = definition
  return {
    FunctionName: definition.name,
    FunctionArn: definition.arn,
    Runtime: definition.runtime,
    Role: definition.role,
    Handler: definition.handler,
    CodeSize: 0,
    Description: definition.description ?? '',
    Timeout: Math.round(definition.timeoutMs / 1000),
    MemorySize: definition.memoryMb,
    LastModified: definition.lastModified.replace('Z', '+0000'),
    CodeSha256: definition.codeSha256,
    Version: '$LATEST',
    ...(Object.keys(environment).length > 0 ? { Environment: { Variables: environment } } : {}),
    TracingConfig: { Mode: definition.tracing },
    RevisionId: '00000000-0000-4000-8000-000000000000',
    State: 'Active',
    LastUpdateStatus: 'Successful',
    PackageType: 'Zip',
    Architectures: definition.architectures,
    EphemeralStorage: { Size: 512 },
    SnapStart: { ApplyOn: 'None', OptimizationStatus: 'Off' },
    LoggingConfig: { LogFormat: 'Text', LogGroup: definition.logGroup },
  }
}
