/**
 * How often a projector's transaction meets another that writes the same figures, and must be tried again
 * ("TransactionConflict"). On a busy table the stream has several shards, each with a projector of its own, and
 * every batch touches the best-selling products: without figure shards two at the same time always meet.
 *
 * @param projectors that count at the same time
 * @param busy the share of the time in which each has a transaction under way, 0 to 1
 * @param figureShards in how many parts figures are kept
 * @returns 0 to 1
 */
export const conflictShare = (projectors: number, busy: number, figureShards: number): number =>
  1 - (1 - busy / figureShards) ** (projectors - 1)
