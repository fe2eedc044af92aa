import { Duration } from 'aws-cdk-lib'
import { Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam'
import { Architecture, Function as LambdaFunction, Runtime } from 'aws-cdk-lib/aws-lambda'
import { LogGroup } from 'aws-cdk-lib/aws-logs'
import type { Construct } from 'constructs'
import { acknowledge } from './acknowledge.ts'
import type { HandlerBundles } from './bundle.ts'
import { physicalName, removalPolicy } from './stage.ts'
import type { Stage } from './stage.ts'

const MEMORY_MB = 512
/** Longer than the SDK's attempts together (services/kit/dynamodb.ts), shorter than the gateway's 29 s. */
const TIMEOUT = Duration.seconds(10)

/**
 * The function of one handler, with a log group of its own and a role that may write to it and nothing
 * else: each further right is granted by the stack that needs it.
 */
export function serviceFunction(
  scope: Construct,
  id: string,
  props: {
    readonly stage: Stage
    readonly bundles: HandlerBundles
    /** `<service>/<handler file>`. */
    readonly handler: string
    readonly description: string
    readonly environment: Readonly<Record<string, string>>
    readonly timeout?: Duration
  },
): LambdaFunction {
  const { stage } = props
  const functionName = physicalName(stage, props.handler.replace('/', '-'))
  const logGroup = new LogGroup(scope, `${id}Logs`, {
    logGroupName: `/aws/lambda/${functionName}`,
    retention: stage.logRetention,
    removalPolicy: removalPolicy(stage),
  })
  const role = new Role(scope, `${id}Role`, {
    assumedBy: new ServicePrincipal('lambda.amazonaws.com'),
  })
  logGroup.grantWrite(role)
  const fn = new LambdaFunction(scope, id, {
    functionName,
    description: props.description,
    code: props.bundles(props.handler),
    handler: 'index.handler',
    runtime: Runtime.NODEJS_22_X,
    architecture: Architecture.ARM_64,
    memorySize: MEMORY_MB,
    timeout: props.timeout ?? TIMEOUT,
    environment: { ...props.environment },
    logGroup,
    role,
  })
  acknowledge(fn, {
    'AwsSolutions-L1':
      'Node 22 is supported and the newest that the local cloud’s Node 20 stands close to.',
  })
  return fn
}
