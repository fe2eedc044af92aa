import { Big } from 'big.js'
import { expect, it } from 'vitest'
import { monitorView } from './monitor.ts'

const NOW = new Date('2026-11-21T10:12:44.120Z')

const courier = (delivery_id: string, money: string) => ({
  delivery_id,
  name: 'María López',
  delivered_orders: 9,
  delivered_products: 31,
  total_money: new Big(money),
})
const hour = (start: string, delivery_id: string) => ({
  hour: start,
  delivery_id,
  name: 'María López',
  orders: 3,
})

it('is empty before the first order', () => {
  expect(monitorView({ products: [], couriers: [], hours: [] }, 10, NOW)).toEqual({
    products_sales: [],
    delivery_performance: [],
    deliveries_per_hour: [],
    as_of: '2026-11-21T10:12:44.120Z',
  })
})

it('sorts products by quantity, couriers by money and hours newest first', () => {
  const view = monitorView(
    {
      products: [
        { product_id: 'a', name: 'A', quantity: 9 },
        { product_id: 'b', name: 'B', quantity: 10 },
      ],
      couriers: [courier('101', '9.5'), courier('102', '10')],
      hours: [hour('2026-11-21T09:00:00Z', '101'), hour('2026-11-21T10:00:00Z', '102')],
    },
    10,
    NOW,
  )

  expect(view.products_sales.map((product) => product.product_id)).toEqual(['b', 'a'])
  expect(view.delivery_performance.map((row) => row.total_money)).toEqual(['10.00', '9.50'])
  expect(view.deliveries_per_hour.map((row) => row.delivery_id)).toEqual(['102', '101'])
})

it('shows no more than asked for', () => {
  const products = ['a', 'b', 'c'].map((id, at) => ({ product_id: id, name: id, quantity: at }))
  const couriers = [courier('101', '1'), courier('102', '2'), courier('103', '3')]

  const view = monitorView({ products, couriers, hours: [] }, 2, NOW)

  expect(view.products_sales.map((row) => row.product_id)).toEqual(['c', 'b'])
  expect(view.delivery_performance.map((row) => row.delivery_id)).toEqual(['103', '102'])
})
