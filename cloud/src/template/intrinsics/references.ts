import { functionProblem } from '../template-error.ts'
import { listOf, resolvedText } from './arguments.ts'
import { isDeferred, type Intrinsic } from './intrinsic.ts'

/** `{"Ref": name}`: a parameter, a pseudo parameter, or a resource's physical id. */
export const ref: Intrinsic = (argument, context, path) => {
  if (typeof argument !== 'string') throw functionProblem(path, 'wants a name')
  return context.ref(argument, path)
}

/** `{"Fn::GetAtt": [logical id, attribute]}` or `{"Fn::GetAtt": "LogicalId.Attribute"}` */
export const getAtt: Intrinsic = (argument, context, path) => {
  if (typeof argument === 'string') {
    const dot = argument.indexOf('.')
    if (dot <= 0) throw functionProblem(path, `"${argument}" names no attribute`)
    return context.attribute(argument.slice(0, dot), argument.slice(dot + 1), path)
  }
  const [logicalId, attribute = ''] = listOf(argument, path, { min: 2, max: 2 })
  if (typeof logicalId !== 'string') throw functionProblem(path, 'wants the name of a resource')
  return context.attribute(logicalId, resolvedText(attribute, context, path), path)
}

/** `{"Fn::FindInMap": [map, top-level key, second-level key]}` */
export const findInMap: Intrinsic = (argument, context, path) => {
  const names = listOf(argument, path, { min: 3, max: 3 }).map((each) =>
    resolvedText(each, context, path),
  )
  const found = context.mapping(names, path)
  if (found === undefined) throw functionProblem(path, `there is no mapping ${names.join(' → ')}`)
  return found
}

/** `{"Fn::ImportValue": export name}` */
export const importValue: Intrinsic = (argument, context, path) => {
  const name = resolvedText(argument, context, path)
  if (isDeferred(name)) throw functionProblem(path, 'may not depend on a resource')
  return context.exported(name, path)
}
