/** Characters of `pedido_id`. */
export const ORDER_ID_CHARACTERS_MAX = 64
/** Characters of a product's id and of the names of products and couriers. */
export const NAME_CHARACTERS_MAX = 256
/** Distinct products of one order: its counting fits one DynamoDB transaction of 100 writes. */
export const PRODUCTS_MAX = 90
/** Pieces of one product in one order. */
export const QUANTITY_MAX = 10_000
/**
 * Digits of a price before and after the decimal point. DynamoDB keeps 38 significant digits, so a courier's
 * money stays exact up to 10^28: a price outside these limits could make a sum that cannot be stored.
 */
export const PRICE_INTEGER_DIGITS_MAX = 15
export const PRICE_DECIMALS_MAX = 10
/** Digits of a courier's number, as many as DynamoDB keeps. */
export const COURIER_DIGITS_MAX = 38
/** Writes in one DynamoDB transaction (TransactWriteItems). */
export const TRANSACTION_WRITES_MAX = 100
/** Entries of each list of the monitor. */
export const TOP_MAX = 100
/** Hours that the monitor looks back. */
export const HOURS_MAX = 168
