import { GetCommand, QueryCommand } from '@aws-sdk/lib-dynamodb'
import type { Chat, ChatId, MessageRef } from '../domain/chat.ts'
import type { Counterpart } from '../domain/job.ts'
import type { Pairing } from '../domain/pairing.ts'
import { albumKey, chatKey, issuedKey, jobKey, messageKey, updateKey } from './layout.ts'
import type { Key } from './layout.ts'
import { readChat, readCounterpart, readPairing } from './read-items.ts'
import type { BotTable, Item } from './table.ts'

/** Who asked for a token: a chat, or one topic of it. */
export type Issued = {
  readonly chat: ChatId
  readonly threadId?: number | undefined
  readonly title: string
}

/** What is read of the table; always what was written last. */
export type Memory = {
  readonly chat: (id: ChatId) => Promise<Chat | undefined>
  /** A chat with all its pairings. */
  readonly everythingOf: (
    id: ChatId,
  ) => Promise<{ readonly chat: Chat | undefined; readonly pairings: readonly Pairing[] }>
  readonly issued: (token: string) => Promise<Issued | undefined>
  readonly wasHandled: (bot: number, update: number) => Promise<boolean>
  readonly counterpart: (message: MessageRef) => Promise<Counterpart | undefined>
  /** The job that an album's next piece may still join. */
  readonly albumJob: (
    chat: ChatId,
    group: string,
  ) => Promise<{ readonly lane: ChatId; readonly key: string; readonly token: string } | undefined>
}

export function memory(table: BotTable): Memory {
  const get = async (key: Key): Promise<Item | undefined> => {
    const command = new GetCommand({ TableName: table.name, Key: key, ConsistentRead: true })
    return (await table.client.send(command)).Item
  }
  return {
    async chat(id) {
      const item = await get(chatKey(id))
      return item && readChat(item)
    },

    async everythingOf(id) {
      const { pk, sk } = chatKey(id)
      const { Items = [] } = await table.client.send(
        new QueryCommand({
          TableName: table.name,
          KeyConditionExpression: 'pk = :pk',
          ExpressionAttributeValues: { ':pk': pk },
          ConsistentRead: true,
        }),
      )
      const chat = Items.find((item) => item['sk'] === sk)
      const pairings = Items.filter((item) => item['sk'] !== sk)
      return { chat: chat && readChat(chat), pairings: pairings.map(readPairing) }
    },

    async issued(token) {
      const item = await get(issuedKey(token))
      if (item === undefined) return undefined
      const { chat, threadId, title } = item
      return {
        chat: Number(chat),
        title: String(title),
        ...(threadId === undefined ? {} : { threadId: Number(threadId) }),
      }
    },

    async wasHandled(bot, update) {
      return (await get(updateKey(bot, update))) !== undefined
    },

    async counterpart(message) {
      const item = await get(messageKey(message))
      return item && readCounterpart(item)
    },

    async albumJob(chat, group) {
      const album = await get(albumKey(chat, group))
      if (album === undefined) return undefined
      const lane = Number(album['lane'])
      const key = String(album['job'])
      const job = await get(jobKey(lane, key))
      if (job === undefined || job['sealed'] === true) return undefined
      return { lane, key, token: String(album['token']) }
    },
  }
}
