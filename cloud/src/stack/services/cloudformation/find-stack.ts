import { AwsError } from '../../../kernel/index.ts'
import type { StackState, StateStore } from '../../deploy/stack-state.ts'

/**
 * A stack by its name or its id; by its id also one that is gone.
 *
 * @throws AwsError ValidationError in CloudFormation's words
 */
export function findStack(state: StateStore, nameOrId: string): StackState {
  const name = /:stack\/([^/]+)\//.exec(nameOrId)?.[1]
  const stack = state.stack(name ?? nameOrId)
  if (stack !== undefined && (name === undefined || stack.id === nameOrId)) return stack
  const gone = name === undefined ? undefined : state.deletedStack(nameOrId)
  if (gone !== undefined) return gone
  throw new AwsError('ValidationError', `Stack with id ${nameOrId} does not exist`)
}
