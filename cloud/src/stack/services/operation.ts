import { operationMaker } from '../../kernel/index.ts'
import type { ControlContext } from './control-services.ts'

/** Makes an operation of CloudFormation, STS or SSM. Values of the Query protocol arrive as text. */
export const operation = operationMaker<ControlContext>('ValidationError')
