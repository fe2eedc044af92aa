import { AwsError } from '../../../kernel/index.ts'
import type { Projection } from '../expressions/index.ts'
import type { Source } from './source.ts'

export type Select =
  | 'SPECIFIC_ATTRIBUTES'
  | 'COUNT'
  | 'ALL_ATTRIBUTES'
  | 'ALL_PROJECTED_ATTRIBUTES'
  | undefined

/** What a Query or Scan answers with. */
export type Selection = {
  readonly countOnly: boolean
  readonly projection: Projection | undefined
  /** Whether the table's items are needed because the local index does not hold all that is wanted. */
  readonly fetch: boolean
}

const invalid = (message: string): AwsError => new AwsError('ValidationException', message)

/** Checks of Select that need no table. `parameter` is what names the attributes. */
export function checkSelect(
  select: Select,
  options: { readonly parameter: string | undefined; readonly indexName: string | undefined },
): void {
  const { parameter, indexName } = options
  if (select === 'ALL_PROJECTED_ATTRIBUTES' && indexName === undefined) {
    throw invalid('ALL_PROJECTED_ATTRIBUTES can be used only when Querying using an IndexName')
  }
  if (select === 'SPECIFIC_ATTRIBUTES' && parameter === undefined) {
    throw invalid(
      'Must specify the AttributesToGet or ProjectionExpression when choosing to get SPECIFIC_ATTRIBUTES',
    )
  }
  if (parameter === undefined || select === undefined || select === 'SPECIFIC_ATTRIBUTES') return
  throw invalid(
    `Cannot specify the ${parameter} when choosing to get ${select === 'COUNT' ? 'only the Count' : select}`,
  )
}

/** @throws AwsError ValidationException when a global index does not hold what is wanted */
export function selectionOf(
  source: Source,
  select: Select,
  projection: Projection | undefined,
): Selection {
  const { index } = source
  const countOnly = select === 'COUNT'
  if (index?.projected === undefined) return { countOnly, projection, fetch: false }
  const { projected } = index
  if (select === 'ALL_ATTRIBUTES') {
    if (!index.isGlobal) return { countOnly, projection, fetch: true }
    throw invalid(
      'One or more parameter values were invalid: Select type ALL_ATTRIBUTES is not supported for global secondary index ' +
        `${index.name} because its projection type is not ALL`,
    )
  }
  const missing = [...new Set((projection?.paths ?? []).map(([head]) => head))].filter(
    (head) => !projected.has(head),
  )
  if (missing.length > 0 && index.isGlobal) {
    throw invalid(
      `One or more parameter values were invalid: Global secondary index ${index.name} does not project [${missing.join(', ')}]`,
    )
  }
  return { countOnly, projection, fetch: missing.length > 0 }
}
