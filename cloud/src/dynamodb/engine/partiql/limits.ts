/** Limits of PartiQL; API pages "ExecuteStatement", "BatchExecuteStatement", "ExecuteTransaction". Units come last. */

export const statementLengthMax = 8192
export const batchStatementsMax = 25
export const transactStatementsMax = 100
/** Partition key values of one IN ("PartiQL select statements for DynamoDB"). */
export const partitionsPerSelectMax = 50
/** How deep expressions may stand in one another: far more than an item may be nested. */
export const expressionDepthMax = 100
