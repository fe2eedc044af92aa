export { difference, type Definition, type Step } from './difference.ts'
export {
  evaluateTemplate,
  type Evaluation,
  type EvaluationInput,
  type PlannedResource,
  type StackOutput,
} from './evaluate.ts'
export { isDeferred } from './intrinsics/intrinsic.ts'
export { isList, isObject, kindOf, member, sameJson, type Json, type JsonObject } from './json.ts'
export type { Output, Parameter, Resource, RetentionPolicy, Template } from './model.ts'
export { dependencyOrder } from './order.ts'
export { parseTemplate } from './parse-template.ts'
export type { FindPhysical, Physical, Reference } from './scope.ts'
export { ProblemList, problemAt, TemplateError } from './template-error.ts'
