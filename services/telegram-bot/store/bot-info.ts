import { GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb'
import type { UserFromGetMe } from 'grammy/types'
import { botKey } from './layout.ts'
import { secondsAfter } from './read-items.ts'
import type { BotTable } from './table.ts'

const KEPT_SECONDS = 3600

/** What getMe says, asked at most once an hour. */
export async function botInfo(
  table: BotTable,
  bot: number,
  nowMs: number,
  ask: () => Promise<UserFromGetMe>,
): Promise<UserFromGetMe> {
  const { Item } = await table.client.send(
    new GetCommand({ TableName: table.name, Key: botKey(bot) }),
  )
  if (Item !== undefined && Number(Item['expiresAt']) * 1000 > nowMs) {
    // A cast, because only the lines below write the item.
    return Item['me'] as UserFromGetMe
  }
  const me = await ask()
  await table.client.send(
    new PutCommand({
      TableName: table.name,
      Item: { ...botKey(bot), me, expiresAt: secondsAfter(nowMs, KEPT_SECONDS) },
    }),
  )
  return me
}
