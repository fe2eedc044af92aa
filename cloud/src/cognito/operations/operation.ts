import { operationMaker } from '../../kernel/index.ts'
import type { CognitoContext } from '../context.ts'

/** Makes an operation of user pools. */
export const operation = operationMaker<CognitoContext>('InvalidParameterException')
