import { Big } from 'big.js'

// toFixed() writes all digits and never an exponent, whatever the size.
const digitsAfterPoint = (amount: Big): number => amount.toFixed().split('.')[1]?.length ?? 0

/** An amount as people read it: two decimals at least, and every further digit that it has. */
export const moneyText = (amount: Big): string =>
  amount.toFixed(Math.max(2, digitsAfterPoint(amount)))

/** The sum of price × quantity, exactly. */
export function totalOf(lines: readonly { readonly price: Big; readonly quantity: number }[]): Big {
  return lines.reduce((sum, line) => sum.plus(line.price.times(line.quantity)), new Big(0))
}
