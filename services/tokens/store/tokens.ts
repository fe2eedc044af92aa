import {
  ConditionalCheckFailedException,
  DeleteItemCommand,
  GetItemCommand,
  PutItemCommand,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb'
import type { AttributeValue, DynamoDBClient } from '@aws-sdk/client-dynamodb'
import { numberText, plainItem, storedItem } from '@cloudlet/kit'
import type { EntityId, Token } from '../domain/token.ts'

const ALIVE = '(attribute_not_exists(expiresAt) OR expiresAt > :nowSeconds)'

export type Pairing =
  | { readonly paired: true; readonly token: Token }
  /** The token as the failed write found it; undefined where there is none. */
  | { readonly paired: false; readonly found: Token | undefined }

/** The tokens table: partition key `token`, time to live `expiresAt`. */
export type TokenStore = {
  readonly insert: (token: Token) => Promise<void>
  /** The token, expired or not. */
  readonly find: (token: string) => Promise<Token | undefined>
  /** Sets the second entity where it is free, or already this one, in one conditional write. */
  readonly pair: (token: string, entity: EntityId, now: Date) => Promise<Pairing>
  /** False where there was no live token. */
  readonly remove: (token: string, now: Date) => Promise<boolean>
}

export function tokenStore(client: DynamoDBClient, table: string): TokenStore {
  return {
    async insert(token) {
      await client.send(
        new PutItemCommand({
          TableName: table,
          Item: storedItem(token),
          ConditionExpression: 'attribute_not_exists(#token)',
          ExpressionAttributeNames: { '#token': 'token' },
        }),
      )
    },

    async find(token) {
      const { Item } = await client.send(
        new GetItemCommand({ TableName: table, Key: storedItem({ token }), ConsistentRead: true }),
      )
      return Item === undefined ? undefined : readToken(Item)
    },

    async pair(token, entity, now) {
      const command = new UpdateItemCommand({
        TableName: table,
        Key: storedItem({ token }),
        UpdateExpression: 'SET entity2 = :entity',
        ConditionExpression: `attribute_exists(#token) AND ${ALIVE} AND entity1 <> :entity AND (attribute_not_exists(entity2) OR entity2 = :entity)`,
        ExpressionAttributeNames: { '#token': 'token' },
        ExpressionAttributeValues: storedItem({
          ':entity': entity,
          ':nowSeconds': now.getTime() / 1000,
        }),
        ReturnValues: 'ALL_NEW',
        ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
      })
      try {
        const { Attributes } = await client.send(command)
        return { paired: true, token: readToken(Attributes ?? {}) }
      } catch (error) {
        if (!(error instanceof ConditionalCheckFailedException)) throw error
        // The item that failed the condition comes with the error: no second read that could see another.
        return { paired: false, found: error.Item && readToken(error.Item) }
      }
    },

    async remove(token, now) {
      const command = new DeleteItemCommand({
        TableName: table,
        Key: storedItem({ token }),
        ConditionExpression: `attribute_exists(#token) AND ${ALIVE}`,
        ExpressionAttributeNames: { '#token': 'token' },
        ExpressionAttributeValues: storedItem({ ':nowSeconds': now.getTime() / 1000 }),
      })
      try {
        await client.send(command)
        return true
      } catch (error) {
        if (error instanceof ConditionalCheckFailedException) return false
        throw error
      }
    },
  }
}

function readEntity(value: unknown): EntityId {
  if (typeof value === 'string') return value
  const digits = numberText(value)
  if (digits === undefined) throw new Error('A token holds an entity that is no text or number')
  return Number.isSafeInteger(Number(digits)) ? Number(digits) : BigInt(digits)
}

function readToken(item: Readonly<Record<string, AttributeValue>>): Token {
  const { token, entity1, entity2, createdAt, expiresAt } = plainItem(item)
  if (typeof token !== 'string' || typeof createdAt !== 'string') {
    throw new Error('The tokens table holds an item that is no token')
  }
  return {
    token,
    entity1: readEntity(entity1),
    ...(entity2 === undefined ? {} : { entity2: readEntity(entity2) }),
    createdAt,
    ...(expiresAt === undefined ? {} : { expiresAt: Number(expiresAt) }),
  }
}
