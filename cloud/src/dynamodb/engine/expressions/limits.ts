/** Limits of expressions; AWS page "Quotas in Amazon DynamoDB", "Expression parameters". Units come last. */

export const expressionBytesMax = 4096
export const operatorsMax = 300
export const inOperandsMax = 100
/** A path names at most this many steps. */
export const pathStepsMax = 32
/** How deep parentheses and functions may stand in one another before the parser gives up. */
export const parserDepthMax = 300
