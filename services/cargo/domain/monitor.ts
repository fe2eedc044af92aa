import { Big } from 'big.js'
import { moneyText } from './money.ts'

export type ProductSales = {
  readonly product_id: string
  readonly name: string
  readonly quantity: number
}

export type CourierFigures = {
  readonly delivery_id: string
  readonly name: string
  readonly delivered_orders: number
  readonly delivered_products: number
  readonly total_money: Big
}

export type HourFigures = {
  readonly hour: string
  readonly delivery_id: string
  readonly name: string
  readonly orders: number
}

export type Figures = {
  readonly products: readonly ProductSales[]
  readonly couriers: readonly CourierFigures[]
  readonly hours: readonly HourFigures[]
}

const byText = (a: string, b: string): number => (a === b ? 0 : a < b ? -1 : 1)

/** The monitor's answer: the `top` products by quantity and couriers by money, hours newest first; equals by their ids. */
export function monitorView({ products, couriers, hours }: Figures, top: number, now: Date) {
  return {
    products_sales: products
      .toSorted((a, b) => b.quantity - a.quantity || byText(a.product_id, b.product_id))
      .slice(0, top),
    delivery_performance: couriers
      .toSorted(
        (a, b) => new Big(b.total_money).cmp(a.total_money) || byText(a.delivery_id, b.delivery_id),
      )
      .slice(0, top)
      .map((courier) => ({ ...courier, total_money: moneyText(courier.total_money) })),
    deliveries_per_hour: hours.toSorted(
      (a, b) =>
        byText(b.hour, a.hour) || b.orders - a.orders || byText(a.delivery_id, b.delivery_id),
    ),
    as_of: now.toISOString(),
  }
}
