import { exactNumber } from '@cloudlet/kit'
import * as z from 'zod/mini'
import { moneyText } from '../domain/money.ts'
import type { Order } from '../domain/order.ts'
import { CreateOrder } from '../domain/requests.ts'

/** An order in the company's own words. `number` makes a number of exact digits in the form its receiver takes. */
export const writeOrder = <N>(order: Order, number: (digits: string) => N) => ({
  order_id: order.id,
  repartidor: { IdRepartidor: number(order.courier.id), Nombre: order.courier.name },
  productos: order.lines.map((line) => ({
    IdProducto: line.productId,
    producto: line.product,
    precio: number(line.price.toFixed()),
    cantidad: line.quantity,
  })),
  timestamp: order.timestamp,
  total: number(order.total.toFixed()),
})

/** The order that {@link writeOrder} wrote. Throws where `item` is no order. */
export const readOrder = (item: Readonly<Record<string, unknown>>): Order =>
  z.parse(CreateOrder, { ...item, pedido_id: item['order_id'] })

/** An order as GET /orders/{order_id} answers it; its total is text, as all sums are, to keep every digit. */
export const orderView = (order: Order) => ({
  pedido_id: order.id,
  ...writeOrder(order, exactNumber),
  total: moneyText(order.total),
})
