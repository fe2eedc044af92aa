import { GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb'
import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb'
import type { User } from '../domain/user.ts'

/** The users table: partition key `userId`. */
export type UserStore = {
  /** Writes a user, in the place of one with the same id. */
  readonly put: (user: User) => Promise<void>
  readonly find: (userId: string) => Promise<User | undefined>
}

export function userStore(client: DynamoDBDocumentClient, table: string): UserStore {
  return {
    async put({ userId, name }) {
      await client.send(new PutCommand({ TableName: table, Item: { userId, name } }))
    },

    async find(userId) {
      const { Item } = await client.send(
        new GetCommand({ TableName: table, Key: { userId }, ConsistentRead: true }),
      )
      const name: unknown = Item?.['name']
      return typeof name === 'string' ? { userId, name } : undefined
    },
  }
}
