import { AwsError } from '../../kernel/index.ts'
import { parseTemplate } from '../../template/index.ts'
import type { AssemblyStack } from './assembly.ts'

/**
 * Gives each stack its share of the parameters that whoever deploys named: `Name` goes to every stack that has such
 * a parameter, `Stack:Name` to that stack alone (as `cdk deploy --parameters` reads them). The narrower one counts.
 *
 * @throws AwsError ValidationError naming those that no stack has; values, which may be secrets, are not shown
 */
export function shareParameters(
  given: Readonly<Record<string, string>>,
  stacks: readonly AssemblyStack[],
): readonly AssemblyStack[] {
  const names = Object.keys(given)
  if (names.length === 0) return stacks
  const taken = new Set<string>()
  const shared = stacks.map((stack) => {
    const parameters = new Map(Object.entries(stack.parameters))
    for (const name of parseTemplate(stack.template).parameters.keys()) {
      for (const wanted of [name, `${stack.stackName}:${name}`]) {
        if (!Object.hasOwn(given, wanted)) continue
        taken.add(wanted)
        parameters.set(name, given[wanted] ?? '')
      }
    }
    return { ...stack, parameters: Object.fromEntries(parameters) }
  })
  const unknown = names.filter((name) => !taken.has(name))
  if (unknown.length === 0) return shared
  // CloudFormation's own sentence.
  throw new AwsError(
    'ValidationError',
    `Parameters: [${unknown.join(', ')}] do not exist in the template`,
  )
}
