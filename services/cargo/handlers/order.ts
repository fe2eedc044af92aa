import { documentClient, env, httpHandler, notFound, ok } from '@cloudlet/kit'
import { ORDER_ID_CHARACTERS_MAX } from '../domain/limits.ts'
import { orderView } from '../store/order-item.ts'
import { orderStore } from '../store/orders.ts'

const orders = orderStore(documentClient(), env('ORDERS_TABLE'))

/** GET /orders/{order_id} */
export const handler = httpHandler({ numbers: 'exact' }, async ({ path }) => {
  const id = path['order_id'] ?? ''
  const possible = id !== '' && id.length <= ORDER_ID_CHARACTERS_MAX
  const order = possible ? await orders.find(id) : undefined
  if (order === undefined) throw notFound('Order not found')
  return ok(orderView(order))
})
