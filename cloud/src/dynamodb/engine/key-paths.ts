import { AwsError } from '../../kernel/index.ts'
import type { Path } from './expressions/index.ts'
import type { KeyPart, Table } from './tables/table.ts'

/**
 * A document path must not lead into an attribute that is a key of the table or of an index: keys have scalar types
 * (sentence as observed on AWS by dynalite's suites).
 *
 * @throws AwsError ValidationException
 */
export function checkKeyPaths(table: Table, paths: readonly Path[]): void {
  const nested = paths.filter((path) => path.length > 1)
  if (nested.length === 0) return
  const heads = new Set(nested.map(([head]) => head))
  requireScalars('Key', table.key.parts, heads)
  for (const index of table.indexes) requireScalars('IndexKey', index.key.parts, heads)
}

function requireScalars(
  kind: 'Key' | 'IndexKey',
  parts: readonly KeyPart[],
  heads: ReadonlySet<string>,
): void {
  for (const { name } of parts) {
    if (!heads.has(name)) continue
    throw new AwsError(
      'ValidationException',
      `Key attributes must be scalars; list random access '[]' and map lookup '.' are not allowed: ${kind}: ${name}`,
    )
  }
}
