import type { Clock, Environment, Ids, OperationTable, HttpHandler } from '../kernel/index.ts'
import type { InvokeFunction } from '../lambda/index.ts'
import type { Durability } from '../storage/index.ts'
import type { AccessKey } from './credentials.ts'
import type { DemoUser } from './demo-user.ts'
import type { DeployOutcome } from './deploy/deployer.ts'
import type { MailOptions } from './mail-relay.ts'
import type { StackState } from './deploy/stack-state.ts'

export type CloudOptions = {
  /** Port of the AWS endpoint; 0 takes a free one. */
  readonly port: number
  /** Port of the front door; 0 takes a free one. */
  readonly frontPort: number | 'none'
  /** Address to listen on; the loopback interface when left out. */
  readonly host?: string
  /** The folder that keeps the data, or nothing outlives the cloud. */
  readonly data: 'memory' | { readonly folder: string }
  readonly durability?: Durability
  /** Refuses what exceeds the capacity of provisioned DynamoDB tables and indexes. */
  readonly throttle?: boolean
  readonly region?: string
  /** Twelve digits. */
  readonly accountId?: string
  readonly clock?: Clock
  readonly ids?: Ids
  /** Where the parts report what an operator must know. */
  readonly report?: Environment['report']
  /** Web pages that may call, for example `http://localhost:5173`. */
  readonly allowedOrigins?: readonly string[]
  /** The keys whose signatures open routes with IAM authorization; `local` with the secret `local` when left out. */
  readonly accessKeys?: readonly AccessKey[]
  /** Further names that the machine is called by. */
  readonly allowedHosts?: readonly string[]
  /** Gives functions the processor share of their memory size (1,769 MB are one), and tells their cost. */
  readonly cpuScale?: boolean
  /** An SMTP server that e-mails of user pools are handed to; without one they stay in the outbox. */
  readonly mail?: MailOptions
}

/** A running cloud. */
export type Cloud = {
  /** The AWS endpoint's address, for example `http://localhost:4566`. */
  readonly endpoint: string
  /** The front door's address; none when it was not asked for. */
  readonly frontDoor: string | undefined
  /**
   * Deploys every stack of a CDK cloud assembly, in order of their dependencies.
   *
   * @param options.parameters values by `Name` or `Stack:Name`; a name that no stack has is refused
   * @throws AwsError (TemplateError) naming everything that is wrong; stacks before it stay deployed
   */
  readonly deployAssembly: (
    folder: string,
    options?: { readonly parameters?: Readonly<Record<string, string>> },
  ) => Promise<readonly DeployOutcome[]>
  /**
   * Deploys one CloudFormation template (JSON). Code paths in it are relative to it.
   *
   * @param options.stackName the file's name without endings when left out
   */
  readonly deployTemplate: (
    file: string,
    options?: {
      readonly stackName?: string
      readonly parameters?: Readonly<Record<string, string>>
    },
  ) => Promise<DeployOutcome>
  /** Removes a stack; resources with DeletionPolicy Retain stay. */
  readonly removeStack: (stackName: string) => Promise<void>
  readonly stacks: () => readonly StackState[]
  /** The front door's address of each API, by its base path. */
  readonly services: () => Readonly<Record<string, string>>
  /** The user of pools that are tagged `cloudlet:demo-user`; none when there is no such pool. */
  readonly demoUser: DemoUser | undefined
  /** The demo user's token. @throws AwsError when it cannot sign in */
  readonly demoToken: (use: 'access' | 'id') => Promise<string>
  /** Operations of the parts by name, without HTTP: for tests and tools inside the process. */
  readonly operations: Readonly<
    Record<'dynamodb' | 'cognito' | 'sqs' | 'logs' | 'cloudformation', OperationTable>
  >
  /**
   * Invokes a function and waits for its answer.
   *
   * @param payload JSON text
   * @throws AwsError ResourceNotFoundException, TooManyRequestsException
   */
  readonly invoke: InvokeFunction
  /** Answers a request to the AWS endpoint without a socket. */
  readonly handle: HttpHandler
  /** Stops serving, lets what runs come to its end, and closes the data. */
  readonly close: () => Promise<void>
}
