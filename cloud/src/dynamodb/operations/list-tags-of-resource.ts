import { optional, text } from '../../kernel/index.ts'
import { operation } from './operation.ts'
import { checkResourceArn, taggedTable } from './tagged-table.ts'

/** A table has at most 50 tags: they always fit one page. */
export const listTagsOfResource = operation('ListTagsOfResource', {
  input: { ResourceArn: text, NextToken: optional(text) },
  check: ({ ResourceArn: arn }) => checkResourceArn(arn),
  run: ({ catalog }, { ResourceArn: arn }) => ({ Tags: taggedTable(catalog, arn).definition.tags }),
})
