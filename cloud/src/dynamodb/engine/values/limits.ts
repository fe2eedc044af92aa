/** Limits of values; AWS page "Quotas in Amazon DynamoDB" and "Supported data types and naming rules". Units come last. */

export const significantDigitsMax = 38
/** 9.9999999999999999999999999999999999999E+125 is the largest magnitude. */
export const exponentMax = 125
/** 1E-130 is the smallest magnitude. */
export const exponentMin = -130
/** How deep lists and maps may stand in one another. */
export const nestingLevelsMax = 32
