import {
  conflict,
  created,
  documentClient,
  env,
  httpHandler,
  ok,
  requireNoSubpath,
} from '@cloudlet/kit'
import { receiptOf } from '../domain/order.ts'
import { CreateOrder } from '../domain/requests.ts'
import { orderStore } from '../store/orders.ts'

const orders = orderStore(documentClient(), env('ORDERS_TABLE'))

/** POST /orders */
export const handler = httpHandler(
  { body: CreateOrder, numbers: 'exact' },
  async ({ body: order, path }) => {
    requireNoSubpath(path)
    const insertion = await orders.insert(order)
    if (insertion.outcome === 'created') return created(receiptOf(order))
    if (insertion.outcome === 'repeated') return ok(receiptOf(insertion.stored))
    throw conflict(`Order ${JSON.stringify(order.id)} exists already with other content`)
  },
)
