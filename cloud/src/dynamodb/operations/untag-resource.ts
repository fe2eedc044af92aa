import { firstProblem, list, text } from '../../kernel/index.ts'
import { operation } from './operation.ts'
import { checkResourceArn, taggedTable } from './tagged-table.ts'

export const untagResource = operation('UntagResource', {
  input: { ResourceArn: text, TagKeys: list(text) },
  check: ({ ResourceArn: arn, TagKeys: keys }) =>
    firstProblem(
      checkResourceArn(arn),
      keys.length === 0 ? 'Atleast one Tag Key needs to be provided as Input.' : undefined,
    ),
  async run({ catalog }, { ResourceArn: arn, TagKeys: keys }) {
    const { name } = taggedTable(catalog, arn)
    await catalog.change(name, (definition) => ({
      ...definition,
      tags: definition.tags.filter((tag) => !keys.includes(tag.Key)),
    }))
    return {}
  },
})
