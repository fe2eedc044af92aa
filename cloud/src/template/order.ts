import { TemplateError } from './template-error.ts'

type Node = { readonly dependencies: ReadonlySet<string> }

/**
 * Logical ids so that each comes after all that it depends on; otherwise in the template's order.
 *
 * @throws TemplateError naming the resources of a cycle
 */
export function dependencyOrder(resources: ReadonlyMap<string, Node>): readonly string[] {
  const ordered: string[] = []
  const done = new Set<string>()
  const open: string[] = []

  function visit(logicalId: string): void {
    const node = resources.get(logicalId)
    if (node === undefined || done.has(logicalId)) return
    const start = open.indexOf(logicalId)
    if (start >= 0) {
      const cycle = [...open.slice(start), logicalId].join(' → ')
      throw new TemplateError([`Circular dependency between resources: ${cycle}`])
    }
    open.push(logicalId)
    for (const dependency of node.dependencies) visit(dependency)
    open.pop()
    done.add(logicalId)
    ordered.push(logicalId)
  }

  for (const logicalId of resources.keys()) visit(logicalId)
  return ordered
}
