import { groupsOf, tallyOf } from './counting.ts'
import type { Tally } from './counting.ts'
import { TRANSACTION_WRITES_MAX } from './limits.ts'
import type { Order } from './order.ts'

/**
 * Counts a tally in one transaction, or nothing of it. `repeated` names orders of it that were counted before.
 * Throws an {@link UncountableError} where trying again cannot help, any other error where it can.
 */
export type CountTally = (
  tally: Tally,
) => Promise<'counted' | { readonly repeated: ReadonlySet<string> }>

/** The tally can never be counted, for example because a sum would have more digits than can be stored. */
export class UncountableError extends Error {
  override readonly name = 'UncountableError'
}

export type Failure = { readonly orderId: string; readonly error: unknown }

/**
 * Counts each order once, whatever is delivered twice, and returns those that could not be counted. One order that
 * never can be does not keep its neighbours from being counted; a failure that may pass ends the work, and all
 * that was not counted by then is returned.
 */
export async function countOrders(
  orders: readonly Order[],
  count: CountTally,
): Promise<readonly Failure[]> {
  const failures: Failure[] = []
  const unique = [...new Map(orders.toReversed().map((order) => [order.id, order])).values()]
  const groups = groupsOf(unique.toReversed(), TRANSACTION_WRITES_MAX)
  for (const [index, group] of groups.entries()) {
    try {
      failures.push(...(await countGroup(group, count)))
    } catch (error) {
      const rest = groups.slice(index).flat()
      return [...failures, ...rest.map((order) => ({ orderId: order.id, error }))]
    }
  }
  return failures
}

async function countGroup(group: readonly Order[], count: CountTally): Promise<readonly Failure[]> {
  try {
    const outcome = await count(tallyOf(group))
    if (outcome === 'counted') return []
    const rest = group.filter((order) => !outcome.repeated.has(order.id))
    return rest.length === 0 ? [] : await countGroup(rest, count)
  } catch (error) {
    if (!(error instanceof UncountableError)) throw error
    if (group.length === 1) return group.map((order) => ({ orderId: order.id, error }))
    const failures: Failure[] = []
    for (const order of group) failures.push(...(await countGroup([order], count)))
    return failures
  }
}
