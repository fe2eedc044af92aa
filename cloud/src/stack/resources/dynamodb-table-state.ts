import { callOperation, type ResourceContext } from '../resource-context.ts'

/** What DescribeTable tells, as far as it is looked at. */
export type TableDescription = Readonly<Record<string, unknown>> & Description

type Description = {
  TableStatus?: string
  TableArn?: string
  LatestStreamArn?: string
  StreamSpecification?: unknown
}

export async function describeTable(
  context: ResourceContext,
  name: string,
): Promise<TableDescription> {
  const answer = await callOperation(context.parts.dynamodb, 'DescribeTable', { TableName: name })
  return (answer['Table'] ?? {}) as TableDescription
}

const statusPollMs = 20

/** Resolves once the table and its indexes can be used. */
export async function tableActive(context: ResourceContext, name: string): Promise<void> {
  for (;;) {
    const table = await describeTable(context, name)
    const indexes = (table['GlobalSecondaryIndexes'] ?? []) as readonly { IndexStatus?: string }[]
    if (
      table.TableStatus === 'ACTIVE' &&
      indexes.every((each) => (each.IndexStatus ?? 'ACTIVE') === 'ACTIVE')
    ) {
      return
    }
    await new Promise<void>((resolve) => context.environment.clock.after(statusPollMs, resolve))
  }
}
