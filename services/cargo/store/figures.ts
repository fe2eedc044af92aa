import { paginateQuery } from '@aws-sdk/lib-dynamodb'
import { QueryCommand } from '@aws-sdk/lib-dynamodb'
import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb'
import { numberText } from '@cloudlet/kit'
import { Big } from 'big.js'
import type { CourierFigures, Figures, HourFigures, ProductSales } from '../domain/monitor.ts'
import { daysOf } from '../domain/timestamp.ts'

/**
 * The monitor's tables.
 *
 *   products             product_id                   name, quantity, ranking
 *   deliveries           delivery_id                  name, delivered_orders, delivered_products, total_money, ranking
 *   deliveries_per_hour  day, slot "<hour>#<courier>" hour, delivery_id, name, orders
 *
 * The index `ranked` of the first two holds every item under one partition key, `ranking`, sorted by quantity and
 * by money: the top of a list costs the same however many products and couriers there are. That one partition
 * takes 1,000 writes a second; the projector's merged transactions stay far below.
 */
export type FigureTables = {
  readonly products: string
  readonly couriers: string
  readonly hours: string
}

export const RANKED_INDEX = 'ranked'
/** The value of `ranking` in every item. */
export const RANKING = 'all'

export const slotOf = (hour: string, courierId: string): string => `${hour}#${courierId}`

/** Sorts behind every slot of its hour: `~` follows digits and signs. */
const slotsEnd = (hour: string): string => slotOf(hour, '~')

export type FigureStore = {
  /** The `top` products and couriers, and every courier's orders by the hour from `first` to `last`. */
  readonly read: (
    top: number,
    window: { readonly first: string; readonly last: string },
  ) => Promise<Figures>
}

type Item = Readonly<Record<string, unknown>>

export function figureStore(client: DynamoDBDocumentClient, tables: FigureTables): FigureStore {
  async function topOf(table: string, top: number): Promise<readonly Item[]> {
    const { Items } = await client.send(
      new QueryCommand({
        TableName: table,
        IndexName: RANKED_INDEX,
        KeyConditionExpression: 'ranking = :ranking',
        ExpressionAttributeValues: { ':ranking': RANKING },
        ScanIndexForward: false,
        Limit: top,
      }),
    )
    return Items ?? []
  }

  async function hoursOf(day: string, first: string, last: string): Promise<readonly Item[]> {
    const pages = paginateQuery(
      { client },
      {
        TableName: tables.hours,
        KeyConditionExpression: '#day = :day AND slot BETWEEN :first AND :last',
        ExpressionAttributeNames: { '#day': 'day' },
        ExpressionAttributeValues: { ':day': day, ':first': first, ':last': slotsEnd(last) },
      },
    )
    const items: Item[] = []
    for await (const page of pages) items.push(...(page.Items ?? []))
    return items
  }

  return {
    async read(top, window) {
      const [products, couriers, ...days] = await Promise.all([
        topOf(tables.products, top),
        topOf(tables.couriers, top),
        ...daysOf(window).map((day) => hoursOf(day, window.first, window.last)),
      ])
      return {
        products: products.map(readProduct),
        couriers: couriers.map(readCourier),
        hours: days.flat().map(readHour),
      }
    },
  }
}

const textOf = (value: unknown): string => (typeof value === 'string' ? value : '')

const readProduct = (item: Item): ProductSales => ({
  product_id: textOf(item['product_id']),
  name: textOf(item['name']),
  quantity: Number(item['quantity']),
})

const readCourier = (item: Item): CourierFigures => ({
  delivery_id: textOf(item['delivery_id']),
  name: textOf(item['name']),
  delivered_orders: Number(item['delivered_orders']),
  delivered_products: Number(item['delivered_products']),
  total_money: new Big(numberText(item['total_money']) ?? 0),
})

const readHour = (item: Item): HourFigures => ({
  hour: textOf(item['hour']),
  delivery_id: textOf(item['delivery_id']),
  name: textOf(item['name']),
  orders: Number(item['orders']),
})
