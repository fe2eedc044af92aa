import type { Environment } from '../../kernel/index.ts'
import type { FunctionDefinition } from '../functions/definition.ts'
import { modulePath } from './module-path.ts'

/** Values that the SDK signs with. The cloud's endpoint checks no signature, and no real key may ever leave here. */
const CREDENTIALS = {
  AWS_ACCESS_KEY_ID: 'ASIALOCALCLOUDLET000',
  AWS_SECRET_ACCESS_KEY: 'local-secret-of-cloudlet-not-a-real-key0',
  AWS_SESSION_TOKEN: 'local-session-of-cloudlet',
}

/** The key that functions sign with, for those who verify signatures. */
export const functionCredential = {
  accessKeyId: CREDENTIALS.AWS_ACCESS_KEY_ID,
  secretAccessKey: CREDENTIALS.AWS_SECRET_ACCESS_KEY,
  sessionToken: CREDENTIALS.AWS_SESSION_TOKEN,
}

/**
 * What a function sees as its environment: Lambda's reserved variables ("Defined runtime environment variables")
 * and its own, nothing of the host's but the search paths.
 */
export function environmentVariables(
  environment: Environment,
  definition: FunctionDefinition,
  endpoint: string,
  logStream: string,
): Record<string, string> {
  return {
    ...definition.environment,
    ...CREDENTIALS,
    AWS_REGION: environment.region,
    AWS_DEFAULT_REGION: environment.region,
    AWS_ENDPOINT_URL: definition.environment['AWS_ENDPOINT_URL'] ?? endpoint,
    AWS_EXECUTION_ENV: `AWS_Lambda_${definition.runtime}`,
    AWS_LAMBDA_FUNCTION_NAME: definition.name,
    AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(definition.memoryMb),
    AWS_LAMBDA_FUNCTION_VERSION: '$LATEST',
    AWS_LAMBDA_INITIALIZATION_TYPE: 'on-demand',
    AWS_LAMBDA_LOG_GROUP_NAME: definition.logGroup,
    AWS_LAMBDA_LOG_STREAM_NAME: logStream,
    AWS_XRAY_CONTEXT_MISSING: 'LOG_ERROR',
    AWS_XRAY_DAEMON_ADDRESS: '127.0.0.1:2000',
    _AWS_XRAY_DAEMON_ADDRESS: '127.0.0.1',
    _AWS_XRAY_DAEMON_PORT: '2000',
    LAMBDA_TASK_ROOT: definition.codeFolder,
    LAMBDA_RUNTIME_DIR: '/var/runtime',
    LANG: 'en_US.UTF-8',
    NODE_PATH: modulePath(process.cwd()),
    PATH: process.env['PATH'] ?? '/usr/local/bin:/usr/bin:/bin',
    TZ: definition.environment['TZ'] ?? ':UTC',
    _HANDLER: definition.handler,
  }
}
