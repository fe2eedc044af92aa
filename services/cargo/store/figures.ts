import { paginateQuery } from '@aws-sdk/lib-dynamodb'
import { QueryCommand } from '@aws-sdk/lib-dynamodb'
import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb'
import { numberText } from '@cloudlet/kit'
import { Big } from 'big.js'
import type { CourierFigures, Figures, HourFigures, ProductSales } from '../domain/monitor.ts'
import { idOfPart, joinParts } from '../domain/shards.ts'
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
 * takes 1,000 writes a second; the projector's merged transactions stay far below. Where they do not, the figures are
 * kept in shards (domain/shards.ts), each ranked by itself: keys of parts, `ranking` "all#<shard>", slots that end in
 * "#<shard>". The monitor then reads all parts and adds them up.
 */
export type FigureTables = {
  readonly products: string
  readonly couriers: string
  readonly hours: string
}

export const RANKED_INDEX = 'ranked'
/** The value of `ranking` in every item of a shard; in every item, where there are none. */
export const rankingOf = (shard: number | undefined): string =>
  shard === undefined ? 'all' : `all#${shard}`

/** `<hour>#<courier>`, and the shard where there are some. Couriers are numbers, so no two slots are alike. */
export const slotOf = (hour: string, courierId: string, shard?: number): string =>
  `${hour}#${courierId}${shard === undefined ? '' : `#${shard}`}`

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

/** @param shards in how many parts each sum is kept */
export function figureStore(
  client: DynamoDBDocumentClient,
  tables: FigureTables,
  shards: number,
): FigureStore {
  async function partsOf(table: string): Promise<readonly Item[]> {
    const parts = [undefined, ...Array.from({ length: shards }, (_, shard) => shard)]
    const found = await Promise.all(parts.map((shard) => allOf(table, shard)))
    return found.flat()
  }

  async function allOf(table: string, shard: number | undefined): Promise<readonly Item[]> {
    const pages = paginateQuery(
      { client },
      {
        TableName: table,
        IndexName: RANKED_INDEX,
        KeyConditionExpression: 'ranking = :ranking',
        ExpressionAttributeValues: { ':ranking': rankingOf(shard) },
      },
    )
    const items: Item[] = []
    for await (const page of pages) items.push(...(page.Items ?? []))
    return items
  }

  async function topOf(table: string, top: number): Promise<readonly Item[]> {
    const { Items } = await client.send(
      new QueryCommand({
        TableName: table,
        IndexName: RANKED_INDEX,
        KeyConditionExpression: 'ranking = :ranking',
        ExpressionAttributeValues: { ':ranking': rankingOf(undefined) },
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

  // The top of every part is not the top of their sums: with shards everything is read.
  const ranked = (table: string, top: number): Promise<readonly Item[]> =>
    shards === 1 ? topOf(table, top) : partsOf(table)

  return {
    async read(top, window) {
      const [products, couriers, ...days] = await Promise.all([
        ranked(tables.products, top),
        ranked(tables.couriers, top),
        ...daysOf(window).map((day) => hoursOf(day, window.first, window.last)),
      ])
      return joinParts({
        products: products.map(readProduct),
        couriers: couriers.map(readCourier),
        hours: days.flat().map(readHour),
      })
    },
  }
}

const textOf = (value: unknown): string => (typeof value === 'string' ? value : '')

const readProduct = (item: Item): ProductSales => ({
  product_id: idOfPart(textOf(item['product_id'])),
  name: textOf(item['name']),
  quantity: Number(item['quantity']),
})

const readCourier = (item: Item): CourierFigures => ({
  delivery_id: idOfPart(textOf(item['delivery_id'])),
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
