import { GetItemCommand, PutItemCommand } from '@aws-sdk/client-dynamodb'
import type { DynamoDBClient } from '@aws-sdk/client-dynamodb'
import { storedItem } from '@cloudlet/kit'
import type { User } from '../domain/user.ts'

/** The users table: partition key `userId`. */
export type UserStore = {
  /** Writes a user, in the place of one with the same id. */
  readonly put: (user: User) => Promise<void>
  readonly find: (userId: string) => Promise<User | undefined>
}

export function userStore(client: DynamoDBClient, table: string): UserStore {
  return {
    async put({ userId, name }) {
      await client.send(
        new PutItemCommand({ TableName: table, Item: storedItem({ userId, name }) }),
      )
    },

    async find(userId) {
      const { Item } = await client.send(
        new GetItemCommand({
          TableName: table,
          Key: storedItem({ userId }),
          ConsistentRead: true,
        }),
      )
      const name = Item?.['name']?.S
      return name === undefined ? undefined : { userId, name }
    },
  }
}
