import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb'
import { GetCommand, NumberValue, PutCommand } from '@aws-sdk/lib-dynamodb'
import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb'
import { plainItem } from '@cloudlet/kit'
import { sameContent } from '../domain/order.ts'
import type { Order } from '../domain/order.ts'
import { readOrder, writeOrder } from './order-item.ts'

export type Insertion =
  | { readonly outcome: 'created' }
  /** The same order, or another one under the same id, was there before. */
  | { readonly outcome: 'repeated' | 'different'; readonly stored: Order }

/** The orders table: partition key `order_id`, stream NEW_IMAGE. An order is written once and never changed. */
export type OrderStore = {
  readonly insert: (order: Order) => Promise<Insertion>
  readonly find: (orderId: string) => Promise<Order | undefined>
}

export function orderStore(client: DynamoDBDocumentClient, table: string): OrderStore {
  return {
    async insert(order) {
      const command = new PutCommand({
        TableName: table,
        Item: writeOrder(order, (digits) => NumberValue.from(digits)),
        ConditionExpression: 'attribute_not_exists(order_id)',
        ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
      })
      try {
        await client.send(command)
        return { outcome: 'created' }
      } catch (error) {
        if (!(error instanceof ConditionalCheckFailedException) || !error.Item) throw error
        const stored = readOrder(plainItem(error.Item))
        return { outcome: sameContent(order, stored) ? 'repeated' : 'different', stored }
      }
    },

    async find(orderId) {
      const { Item } = await client.send(
        new GetCommand({ TableName: table, Key: { order_id: orderId }, ConsistentRead: true }),
      )
      return Item === undefined ? undefined : readOrder(Item)
    },
  }
}
