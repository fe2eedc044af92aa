import { AwsError } from '../../kernel/index.ts'
import type { StackOutput } from '../../template/index.ts'
import type { StackState, StateStore } from './stack-state.ts'

export type Exports = ReadonlyMap<string, string>

export const exportsOf = (outputs: readonly StackOutput[]): Exports =>
  new Map(
    outputs.flatMap((each) =>
      each.exportName === undefined ? [] : [[each.exportName, each.value]],
    ),
  )

/** The value of an export of any stack but the one that asks. */
export function findExport(state: StateStore, name: string, asking: string): string | undefined {
  for (const stack of state.stacks()) {
    if (stack.name === asking) continue
    const value = exportsOf(stack.outputs).get(name)
    if (value !== undefined) return value
  }
  return undefined
}

/**
 * Checks that the exports a stack will have are its own, and that none which another stack reads goes or changes.
 *
 * @throws AwsError ValidationError in CloudFormation's words
 */
export function checkExportsKept(state: StateStore, stack: StackState, wanted: Exports): void {
  const others = state.stacks().filter((each) => each.name !== stack.name)
  for (const other of others) {
    for (const name of exportsOf(other.outputs).keys()) {
      if (!wanted.has(name)) continue
      throw new AwsError(
        'ValidationError',
        `Export with name ${name} is already exported by stack ${other.name}`,
      )
    }
  }
  for (const [name, value] of exportsOf(stack.outputs)) {
    if (wanted.get(name) === value) continue
    const readers = others.filter((each) => each.imports.includes(name)).map((each) => each.name)
    if (readers.length === 0) continue
    const act = wanted.has(name) ? 'update' : 'delete'
    throw new AwsError(
      'ValidationError',
      `Cannot ${act} export ${name} as it is in use by ${readers.join(', ')}`,
    )
  }
}
