import { firstProblem, text } from '../../kernel/index.ts'
import { checkTags, withTags } from '../engine/tables/tags.ts'
import { invalid, operation } from './operation.ts'
import { checkResourceArn, taggedTable } from './tagged-table.ts'
import { tags } from './table-shapes.ts'

export const tagResource = operation('TagResource', {
  input: { ResourceArn: text, Tags: tags },
  check: ({ ResourceArn: arn, Tags: added }) =>
    firstProblem(
      checkResourceArn(arn),
      added.length === 0 ? 'Atleast one Tag needs to be provided as Input.' : undefined,
      checkTags(added),
    ),
  async run({ catalog }, { ResourceArn: arn, Tags: added }) {
    const { name } = taggedTable(catalog, arn)
    await catalog.change(name, (definition) => {
      const merged = withTags(definition.tags, added)
      const problem = checkTags(merged)
      if (problem !== undefined) throw invalid(problem)
      return { ...definition, tags: merged }
    })
    return {}
  },
})
