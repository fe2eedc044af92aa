/*
 * What the engine calls, in the order in which an operation uses it:
 *
 *   checkParameters({ expressions, legacy, names, values })           no mixing; names and values only with expressions
 *   new Placeholders(names, values)                                    … then parse all expressions, then .requireAllUsed()
 *   parseCondition('ConditionExpression' | 'FilterExpression', text, placeholders): Condition
 *   evaluateCondition(condition, item | undefined): boolean
 *   parseProjection(text, placeholders): Projection
 *   projectItem(projection, item): Item
 *   parseUpdate(text, placeholders): Update
 *   applyUpdate(update, item): { item: Item; touched: readonly Path[] }
 *   projectPaths(touched, item): Item                                  for UPDATED_OLD (item before) and UPDATED_NEW (after)
 *   parseKeyCondition(text, placeholders, schema): KeyCondition
 *   conditionOfExpected(expected, operator): Condition | undefined
 *   conditionOfFilter(filter, operator): Condition | undefined         QueryFilter, ScanFilter
 *   keyConditionOf(keyConditions, schema): KeyCondition
 *   updateOf(attributeUpdates): Update
 *   projectionOf(attributesToGet): Projection
 */
export { applyUpdate } from './apply-update.ts'
export * from './ast.ts'
export { parseCondition } from './condition.ts'
export { evaluateCondition } from './evaluate-condition.ts'
export * from './limits.ts'
export { valueAt } from './path.ts'
export { Placeholders } from './placeholders.ts'
export { parseProjection, projectItem, projectPaths } from './projection.ts'
export { parseUpdate } from './update.ts'
export { parseKeyCondition } from './key-condition.ts'
export * from './legacy-conditions.ts'
export * from './legacy-updates.ts'
export { checkParameters } from './parameters.ts'
