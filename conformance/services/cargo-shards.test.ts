import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import { send, startCloud, type TestCloud } from '../harness.ts'

let cloud: TestCloud
let token: string
beforeAll(async () => {
  cloud = await startCloud({ FIGURE_SHARDS: '4' })
  token = await cloud.token()
})
afterAll(() => cloud.close())

type Monitor = {
  products_sales: { product_id: string; quantity: number }[]
  delivery_performance: { delivery_id: string; delivered_orders: number; total_money: string }[]
  deliveries_per_hour: { delivery_id: string; orders: number }[]
}

it('keeps totals exact with the figures in shards', async () => {
  const orders = 60
  const post = (n: number) =>
    send('POST', `${cloud.frontDoor}/cargo/orders`, {
      token,
      body: {
        pedido_id: `sharded-${n}`,
        repartidor: { IdRepartidor: 101 + (n % 2), Nombre: 'María López' },
        productos: [
          { IdProducto: 'pk0004', producto: 'Pendrive', precio: 0.1, cantidad: 2 },
          { IdProducto: '#shard/1/x', producto: 'Con nombre raro', precio: 0.2 },
        ],
        timestamp: new Date().toISOString(),
      },
    })

  const answers: number[] = []
  for (let n = 0; n < orders; n += 10) {
    const some = Array.from({ length: 10 }, (_, at) => post(n + at))
    for (const { status } of await Promise.all(some)) answers.push(status)
  }

  expect(new Set(answers)).toEqual(new Set([201]))
  await vi.waitFor(
    async () => {
      const { json } = await send('GET', `${cloud.frontDoor}/cargo/monitor?top=2`, { token })
      const { products_sales, delivery_performance, deliveries_per_hour } = json as Monitor
      expect(products_sales).toMatchObject([
        { product_id: 'pk0004', quantity: 2 * orders },
        { product_id: '#shard/1/x', quantity: orders },
      ])
      expect(delivery_performance.map((row) => [row.delivered_orders, row.total_money])).toEqual([
        [orders / 2, '12.00'],
        [orders / 2, '12.00'],
      ])
      expect(deliveries_per_hour.reduce((sum, row) => sum + row.orders, 0)).toBe(orders)
    },
    { timeout: 20_000, interval: 50 },
  )
})
