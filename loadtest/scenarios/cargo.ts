import { defineScenario, type User } from '../scenario/scenario.ts'
import { couriers, products } from './cargo-catalogue.ts'

const PRODUCTS_MAX = 5
const PIECES_MAX = 4

/** An order of one to five products by one courier. */
function madeUpOrder(user: User) {
  const below = (limit: number): number => Math.floor(user.random() * limit)
  const left = [...products]
  const chosen = Array.from({ length: 1 + below(PRODUCTS_MAX) }, () =>
    left.splice(below(left.length), 1),
  ).flat()
  return {
    pedido_id: user.unique(),
    repartidor: couriers[below(couriers.length)],
    productos: chosen.map((product) => ({ ...product, cantidad: 1 + below(PIECES_MAX) })),
    timestamp: user.now().toISOString(),
  }
}

async function placeOrder(user: User): Promise<string> {
  const order = madeUpOrder(user)
  const answer = await user.send('POST /orders', 'POST', `${user.url('cargo')}/orders`, {
    body: order,
    token: user.token('access'),
  })
  user.check('a new order is created', answer.status === 201)
  user.memory.set('order', order.pedido_id)
  return order.pedido_id
}

/** The day of a courier and of the office: nine orders to one look at the monitor, some orders read again. */
export const cargo = defineScenario({
  name: 'cargo',
  description: 'Cargo Express: orders of the reference catalogue, then the monitor.',
  steps: [
    {
      name: 'order',
      weight: 80,
      async run(user) {
        await placeOrder(user)
      },
    },
    {
      name: 'read an order',
      weight: 10,
      async run(user) {
        const known = user.memory.get('order')
        const order = typeof known === 'string' ? known : await placeOrder(user)
        const url = `${user.url('cargo')}/orders/${order}`
        const answer = await user.send('GET /orders/{order_id}', 'GET', url, {
          token: user.token('access'),
        })
        const stored = answer.json() as { order_id?: string } // the contract of GET /orders/{order_id}
        user.check('the order is the one asked for', stored.order_id === order)
      },
    },
    {
      name: 'monitor',
      weight: 10,
      async run(user) {
        const answer = await user.send('GET /monitor', 'GET', `${user.url('cargo')}/monitor`, {
          token: user.token('access'),
        })
        const { products_sales: sales } = answer.json() as {
          products_sales: readonly { readonly quantity: number }[]
        }
        const sorted = sales.every(
          (row, at) => (sales[at - 1]?.quantity ?? row.quantity) >= row.quantity,
        )
        user.check('products are sorted by quantity', sorted)
      },
    },
  ],
})
