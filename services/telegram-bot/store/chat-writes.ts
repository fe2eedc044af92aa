import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb'
import { UpdateCommand } from '@aws-sdk/lib-dynamodb'
import type { ChatId } from '../domain/chat.ts'
import { changeWrites } from './commit.ts'
import type { Change } from './commit.ts'
import { chatKey } from './layout.ts'
import { writeTogether } from './table.ts'
import type { BotTable } from './table.ts'

/** Notes that a chat blocked the bot or removed it. */
export async function markUnreachable(table: BotTable, chat: ChatId): Promise<void> {
  try {
    await table.client.send(
      new UpdateCommand({
        TableName: table.name,
        Key: chatKey(chat),
        UpdateExpression: 'SET reachable = :no ADD version :one',
        ConditionExpression: 'attribute_exists(pk)',
        ExpressionAttributeValues: { ':no': false, ':one': 1 },
      }),
    )
  } catch (error) {
    // A chat that never wrote to the bot has nothing to be noted.
    if (!(error instanceof ConditionalCheckFailedException)) throw error
  }
}

/** Writes a migration that a refused call told of. Where an update told of it meanwhile, that one counts. */
export async function moveChat(table: BotTable, change: Change): Promise<void> {
  const writes = changeWrites(table.name, change)
  if (writes.length > 0) await writeTogether(table, writes)
}
