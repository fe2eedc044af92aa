import { kindOf, sameJson, type Json } from '../json.ts'
import { functionProblem } from '../template-error.ts'
import { listOf } from './arguments.ts'
import { noValue, type Intrinsic, type IntrinsicContext } from './intrinsic.ts'

/** CloudFormation, "Condition functions": Fn::And and Fn::Or take 2 to 10 conditions. CDK nests below that. */
const conditionsMax = 10

/** `{"Fn::If": [condition name, then, else]}`: the other branch is not looked at. */
export const ifElse: Intrinsic = (argument, context, path) => {
  const [name, yes = null, no = null] = listOf(argument, path, { min: 3, max: 3 })
  if (typeof name !== 'string') throw functionProblem(path, 'wants the name of a condition')
  return context.resolve(context.condition(name, path) ? yes : no, path)
}

/** `{"Fn::Equals": [a, b]}`; a number equals the text that writes it. */
export const equals: Intrinsic = (argument, context, path) => {
  const [left = null, right = null] = listOf(argument, path, { min: 2, max: 2 }).map((each) =>
    scalar(context.resolve(each, path)),
  )
  return sameJson(left, right)
}

const scalar = (value: Json | typeof noValue): Json => {
  if (value === noValue) return null
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : value
}

/** `{"Fn::And": [conditions]}` */
export const and: Intrinsic = (argument, context, path) =>
  listOf(argument, path, { min: 2, max: conditionsMax }).every((each) => truth(each, context, path))

/** `{"Fn::Or": [conditions]}` */
export const or: Intrinsic = (argument, context, path) =>
  listOf(argument, path, { min: 2, max: conditionsMax }).some((each) => truth(each, context, path))

/** `{"Fn::Not": [condition]}` */
export const not: Intrinsic = (argument, context, path) => {
  const [condition = null] = listOf(argument, path, { min: 1, max: 1 })
  return !truth(condition, context, path)
}

/** `{"Condition": name}` inside another condition. */
export const conditionReference: Intrinsic = (argument, context, path) => {
  if (typeof argument !== 'string') throw functionProblem(path, 'wants the name of a condition')
  return context.condition(argument, path)
}

function truth(value: Json, context: IntrinsicContext, path: string): boolean {
  const resolved = context.resolve(value, path)
  if (resolved === true || resolved === 'true') return true
  if (resolved === false || resolved === 'false') return false
  throw functionProblem(
    path,
    `wants conditions, not ${resolved === noValue ? 'AWS::NoValue' : kindOf(resolved)}`,
  )
}

/** `{"Fn::Contains": [[values], value]}`, in Rules. */
export const contains: Intrinsic = (argument, context, path) => {
  const [source = [], wanted = ''] = listOf(argument, path, { min: 2, max: 2 })
  const values = asList(source, context, path)
  const value = scalar(context.resolve(wanted, path))
  return values.some((each) => sameJson(scalar(each), value))
}

/** `{"Fn::EachMemberEquals": [[values], value]}`, in Rules. */
export const eachMemberEquals: Intrinsic = (argument, context, path) => {
  const [source = [], wanted = ''] = listOf(argument, path, { min: 2, max: 2 })
  const value = scalar(context.resolve(wanted, path))
  return asList(source, context, path).every((each) => sameJson(scalar(each), value))
}

/** `{"Fn::EachMemberIn": [[values], [values]]}`, in Rules. */
export const eachMemberIn: Intrinsic = (argument, context, path) => {
  const [source = [], among = []] = listOf(argument, path, { min: 2, max: 2 })
  const allowed = asList(among, context, path).map(scalar)
  return asList(source, context, path).every((each) =>
    allowed.some((one) => sameJson(one, scalar(each))),
  )
}

function asList(value: Json, context: IntrinsicContext, path: string): readonly Json[] {
  const resolved = context.resolve(value, path)
  return listOf(resolved === noValue ? null : resolved, path)
}
