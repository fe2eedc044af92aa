import { AwsError } from '../kernel/index.ts'
import { queryDepthMax, queryListItemsMax } from './limits.ts'

/** A node of the tree that the dotted names of a form spell. */
type Branch = { readonly members: Map<string, Branch>; text: string | undefined }

const branch = (): Branch => ({ members: new Map(), text: undefined })

/**
 * Unfolds a Query form (Smithy, "AWS query protocol"): `A.member.1.B=x` becomes `{ A: [{ B: 'x' }] }`, flattened
 * lists `A.1=x` likewise, `A.entry.1.key=k` with `A.entry.1.value=v` becomes `{ A: { k: 'v' } }`. All leaves stay
 * text. Objects have no prototype, so that no name has a meaning of its own.
 *
 * @throws AwsError MalformedQueryString for names nested or numbered beyond all measure
 */
export function unfoldForm(form: URLSearchParams): Record<string, unknown> {
  const root = branch()
  for (const [name, value] of form) {
    if (name === 'Action' || name === 'Version') continue
    const parts = name.split('.')
    if (parts.length > queryDepthMax) throw malformed(name)
    let at = root
    for (const part of parts) {
      let next = at.members.get(part)
      if (next === undefined) at.members.set(part, (next = branch()))
      at = next
    }
    at.text = value
  }
  return objectOf(root)
}

const malformed = (name: string): AwsError =>
  new AwsError('MalformedQueryString', `The parameter ${name.slice(0, 100)} is not valid`)

function objectOf({ members }: Branch): Record<string, unknown> {
  const object: Record<string, unknown> = Object.create(null)
  for (const [name, member] of members) object[name] = valueOf(member)
  return object
}

function valueOf(node: Branch): unknown {
  if (node.members.size === 0) return node.text ?? ''
  const only = node.members.size === 1 ? node.members.entries().next().value : undefined
  if (only?.[0] === 'member' && only[1].members.size > 0) return listOf(only[1])
  if (only?.[0] === 'entry' && only[1].members.size > 0) return mapOf(only[1])
  return [...node.members.keys()].every(isIndex) ? listOf(node) : objectOf(node)
}

const isIndex = (name: string): boolean => /^[1-9]\d{0,8}$/.test(name)

function listOf(node: Branch): unknown[] {
  const items: { index: number; value: unknown }[] = []
  for (const [name, member] of node.members) {
    if (!isIndex(name) || items.length >= queryListItemsMax) throw malformed(name)
    items.push({ index: Number(name), value: valueOf(member) })
  }
  return items.sort((a, b) => a.index - b.index).map(({ value }) => value)
}

function mapOf(node: Branch): Record<string, unknown> {
  const object: Record<string, unknown> = Object.create(null)
  for (const entry of listOf(node)) {
    if (entry === null || typeof entry !== 'object') continue
    const { key, value } = entry as { key?: unknown; value?: unknown } // what listOf builds of branches
    if (typeof key === 'string') object[key] = value ?? ''
  }
  return object
}
