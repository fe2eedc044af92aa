import type { OperationTable } from '../kernel/index.ts'
import type { Gateway } from '../gateway/index.ts'
import type { Lambda } from '../lambda/index.ts'
import type { ParameterStore } from './parameter-store.ts'

/** The parts of a running cloud, as resource types use them. */
export type Parts = {
  readonly dynamodb: OperationTable
  readonly sqs: OperationTable
  readonly logs: OperationTable
  readonly cognito: OperationTable
  readonly functions: Lambda['functions']
  readonly eventSources: Lambda['eventSources']
  readonly gateway: Gateway
  /** SSM parameters. */
  readonly parameters: ParameterStore
}
