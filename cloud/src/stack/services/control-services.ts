import {
  operationTable,
  type Environment,
  type OperationTable,
  type Service,
} from '../../kernel/index.ts'
import type { Deployer } from '../deploy/deployer.ts'
import type { ParameterStore } from '../parameter-store.ts'
import { cloudFormationOperations } from './cloudformation/operations.ts'
import { getCallerIdentity } from './get-caller-identity.ts'
import { getParameter } from './get-parameter.ts'

/** What the control services' operations work with. */
export type ControlContext = {
  readonly environment: Environment
  readonly deployer: Deployer
  readonly parameters: ParameterStore
}

/** CloudFormation, STS and SSM, as far as deploy tools ask for them. */
export function controlServices(context: ControlContext): {
  readonly services: readonly Service[]
  readonly cloudformation: OperationTable
} {
  const cloudformation = operationTable(context, cloudFormationOperations)
  return {
    cloudformation,
    services: [
      {
        kind: 'query',
        signingName: 'cloudformation',
        version: '2010-05-15',
        xmlNamespace: 'http://cloudformation.amazonaws.com/doc/2010-05-15/',
        operations: cloudformation,
      },
      {
        kind: 'query',
        signingName: 'sts',
        version: '2011-06-15',
        xmlNamespace: 'https://sts.amazonaws.com/doc/2011-06-15/',
        operations: operationTable(context, [getCallerIdentity]),
      },
      {
        kind: 'json',
        signingName: 'ssm',
        target: 'AmazonSSM',
        version: '1.1',
        operations: operationTable(context, [getParameter]),
      },
    ],
  }
}
