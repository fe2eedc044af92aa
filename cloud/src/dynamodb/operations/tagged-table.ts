import { AwsError } from '../../kernel/index.ts'
import type { Catalog } from '../engine/tables/catalog.ts'
import type { Table } from '../engine/tables/table.ts'

/** Tags stand at tables, which are named by their ARN. */
export const checkResourceArn = (arn: string): string | undefined =>
  /^arn:aws[^:]*:dynamodb:[^:]+:\d+:table\/[^/]{3,}$/.test(arn)
    ? undefined
    : `Invalid TableArn: Invalid ResourceArn provided as input ${arn}`

/** @throws AwsError ResourceNotFoundException, with AWS's own spelling */
export function taggedTable(catalog: Catalog, arn: string): Table {
  const table = catalog.find(arn)
  if (table === undefined) {
    throw new AwsError(
      'ResourceNotFoundException',
      `Requested resource not found: ResourcArn: ${arn} not found`,
    )
  }
  return table
}
