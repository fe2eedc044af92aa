import { checkShape, custom, type Shape, type TypeOf } from '../../kernel/index.ts'
import { tableNameLengthMax, tableNameLengthMin } from '../limits.ts'

const namePattern = /^[a-zA-Z0-9_.-]+$/
const constraint =
  'Map keys must satisfy constraint: [Member must have length less than or equal to 255, ' +
  'Member must have length greater than or equal to 3, Member must satisfy regular expression pattern: [a-zA-Z0-9_.-]+]'

/** The RequestItems of a batch: a map by table names (or ARNs), each of which must be one. */
export const checkedTableNames = <const S extends Shape>(shape: S) =>
  custom<TypeOf<S>>((value, path, problems) => {
    checkShape(shape, value, path, problems)
    for (const name of Object.keys(value as object)) {
      const fits =
        name.length >= tableNameLengthMin &&
        name.length <= tableNameLengthMax &&
        namePattern.test(name)
      if (!fits && !name.startsWith('arn:')) {
        problems.messages.push(
          `Value '${JSON.stringify(value)}' at '${path}' failed to satisfy constraint: ${constraint}`,
        )
      }
    }
  })
