import { boolean, list, optional, text, textOf } from '../../kernel/index.ts'
import { groupArn, nameOfArn, operation } from '../engine/context.ts'
import { describeLimit, groupName, groupRecords, type GroupRecord } from '../engine/records.ts'
import { readNameToken, writeNameToken } from '../engine/tokens.ts'
import { invalidParameter } from '../errors.ts'
import { describeLimitMax } from '../limits.ts'

export const describeLogGroups = operation('DescribeLogGroups', {
  input: {
    logGroupNamePrefix: optional(groupName),
    logGroupNamePattern: optional(textOf({ max: 512 })),
    logGroupIdentifiers: optional(list(text, { min: 1, max: 50 })),
    logGroupClass: optional(text),
    accountIdentifiers: optional(list(text)),
    includeLinkedAccounts: optional(boolean),
    nextToken: optional(text),
    limit: optional(describeLimit),
  },
  async run(context, input) {
    await context.sink.flushed()
    const { logGroupNamePrefix: prefix, logGroupNamePattern: pattern } = input
    if (prefix !== undefined && pattern !== undefined) {
      throw invalidParameter('logGroupNamePrefix and logGroupNamePattern are mutually exclusive.')
    }
    const names = input.logGroupIdentifiers && new Set(input.logGroupIdentifiers.map(nameOfArn))
    const limit = input.limit ?? describeLimitMax
    const found: GroupRecord[] = []
    const from = input.nextToken === undefined ? {} : { after: readNameToken(input.nextToken) }
    for (const [name, group] of groupRecords.list(context.store.reader, {
      prefix: prefix ?? '',
      ...from,
    })) {
      if (pattern !== undefined && !name.toLowerCase().includes(pattern.toLowerCase())) continue
      if (names !== undefined && !names.has(name)) continue
      found.push(group)
      if (found.length > limit) break
    }
    const page = found.slice(0, limit)
    return {
      logGroups: page.map((group) => ({
        logGroupName: group.name,
        creationTime: group.createdMs,
        retentionInDays: group.retentionDays,
        metricFilterCount: 0,
        arn: `${groupArn(context, group.name)}:*`,
        storedBytes: group.bytes,
        logGroupClass: 'STANDARD',
        logGroupArn: groupArn(context, group.name),
      })),
      ...(found.length > limit && { nextToken: writeNameToken(page.at(-1)?.name ?? '') }),
    }
  },
})
