import { isList } from '../json.ts'
import { functionProblem } from '../template-error.ts'
import { listOf, resolvedText } from './arguments.ts'
import { isDeferred, type Intrinsic } from './intrinsic.ts'

/** `{"Fn::Select": [index, [values]]}` */
export const select: Intrinsic = (argument, context, path) => {
  const [position = 0, source = []] = listOf(argument, path, { min: 2, max: 2 })
  const index = resolvedText(position, context, path)
  const values = context.resolve(source, path)
  if (isDeferred(values)) return values
  if (isDeferred(index)) return index
  if (typeof values === 'symbol' || !isList(values))
    throw functionProblem(path, 'wants a list to select from')
  if (!/^\d+$/.test(index)) throw functionProblem(path, `"${index}" is no index`)
  const found = values[Number(index)]
  if (found === undefined || found === null) {
    throw functionProblem(path, `index ${index} is outside the list of ${values.length} values`)
  }
  return found
}

/** `{"Fn::GetAZs": region}`: one machine shows itself as three zones, as the smallest AWS regions do. */
export const availabilityZones: Intrinsic = (argument, context, path) => {
  const region = resolvedText(argument, context, path) || context.region
  return ['a', 'b', 'c'].map((zone) => `${region}${zone}`)
}
