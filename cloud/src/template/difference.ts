import { sameJson, type JsonObject } from './json.ts'
import { dependencyOrder } from './order.ts'

/** What a deployed resource was made from, and what a planned one will be. */
export type Definition = {
  readonly type: string
  /** Properties with deferred marks for other resources' values. */
  readonly preview: JsonObject
  readonly dependencies: ReadonlySet<string>
}

/**
 * - `create`, `update`, `delete`: as they say
 * - `replace`: the type changed; the new resource is created, the old one deleted after
 * - `follow`: nothing changed but a resource it depends on does; its resolved properties must be compared
 */
export type Step = {
  readonly action: 'create' | 'update' | 'replace' | 'follow' | 'delete'
  readonly logicalId: string
}

/**
 * The steps from one deployed state to another: what is made or changed comes in order of dependency, what goes is
 * deleted last, dependents before what they depend on.
 *
 * @throws TemplateError when `after` holds a cycle
 */
export function difference(
  before: ReadonlyMap<string, Definition>,
  after: ReadonlyMap<string, Definition>,
): readonly Step[] {
  const steps: Step[] = []
  const touched = new Set<string>()
  for (const logicalId of dependencyOrder(after)) {
    const wanted = after.get(logicalId)
    if (wanted === undefined) continue
    const action = actionFor(before.get(logicalId), wanted, touched)
    if (action === undefined) continue
    touched.add(logicalId)
    steps.push({ action, logicalId })
  }
  const gone = new Map([...before].filter(([logicalId]) => !after.has(logicalId)))
  for (const logicalId of dependencyOrder(gone).toReversed()) {
    steps.push({ action: 'delete', logicalId })
  }
  return steps
}

function actionFor(
  existing: Definition | undefined,
  wanted: Definition,
  touched: ReadonlySet<string>,
): Step['action'] | undefined {
  if (existing === undefined) return 'create'
  if (existing.type !== wanted.type) return 'replace'
  if (!sameJson(existing.preview, wanted.preview)) return 'update'
  return [...wanted.dependencies].some((each) => touched.has(each)) ? 'follow' : undefined
}
