import type { CallbackQuery, Message, Update } from 'grammy/types'
import { readCommand } from '../domain/commands.ts'
import { commit } from '../store/commit.ts'
import type { Change } from '../store/commit.ts'
import { membershipChange, migration } from './chat-changes.ts'
import { unknown } from './commands/help.ts'
import { commands } from './commands/index.ts'
import type { BotParts } from './ports.ts'
import { relayEdit, relayReaction } from './relay-edit.ts'
import { relayMessage } from './relay-message.ts'
import { say, situationOf } from './situation.ts'
import type { Situation } from './situation.ts'

/** What the bot asks Telegram for; reactions come only where they are named. */
export const ALLOWED_UPDATES = [
  'message',
  'edited_message',
  'message_reaction',
  'my_chat_member',
  'callback_query',
] as const satisfies readonly (keyof Update)[]

const TRIES_MAX = 8

/**
 * Handles an update: decides what is to change and writes it in one transaction, with the mark that the update was
 * handled. So an update that is delivered twice, or again after a crash, has its effect once. Nothing is sent here:
 * messages are queued in that same transaction (delivery/).
 *
 * @throws what the table throws; the update is then not handled and may be given again
 */
export async function handleUpdate(parts: BotParts, update: Update): Promise<void> {
  const bot = parts.me.id
  if (await parts.memory.wasHandled(bot, update.update_id)) return
  for (let tries = 1; tries <= TRIES_MAX; tries++) {
    const change = await changeFor(parts, update)
    const place = { bot, update: update.update_id, nowMs: parts.environment.now() }
    const outcome = await commit(parts.table, place, change)
    if (outcome === 'done') return
    await takeBack(parts, change)
    if (outcome === 'handled before') return
  }
  throw new Error(`Update ${update.update_id} was overtaken ${TRIES_MAX} times`)
}

/** A token that was made for a change which is not written will never be told to anyone. */
async function takeBack({ tokens }: BotParts, { issued }: Change): Promise<void> {
  if (issued !== undefined) await tokens.remove(issued.token)
}

/** Marks an update as handled whose handling fails for a reason of ours, and says so. */
export async function giveUp(parts: BotParts, update: Update): Promise<void> {
  const message = update.message ?? update.callback_query?.message
  const drafts =
    message === undefined || message.date === 0
      ? []
      : await situationOf(parts, message).then((situation) => [
          say(situation, situation.sentences.wentWrong),
        ])
  const place = { bot: parts.me.id, update: update.update_id, nowMs: parts.environment.now() }
  await commit(parts.table, place, { drafts })
}

async function changeFor(parts: BotParts, update: Update): Promise<Change> {
  if (update.message !== undefined) return messageChange(parts, update.message)
  if (update.edited_message !== undefined) return relayEdit(parts, update.edited_message)
  if (update.message_reaction !== undefined) return relayReaction(parts, update.message_reaction)
  if (update.my_chat_member !== undefined) return membershipChange(parts, update.my_chat_member)
  if (update.callback_query !== undefined) return buttonChange(parts, update.callback_query)
  return {}
}

async function messageChange(parts: BotParts, message: Message): Promise<Change> {
  const { migrate_to_chat_id: newId, migrate_from_chat_id: oldId } = message
  if (newId !== undefined) return migration(parts, message.chat.id, newId)
  if (oldId !== undefined) return migration(parts, oldId, message.chat.id)
  const call = readCommand(message.text ?? '', parts.me.username)
  const situation = await situationOf(parts, message, call?.language)
  if (call === undefined) return noted(situation, await relayMessage(parts, situation))
  if (call.name === 'unknown') return noted(situation, unknown(situation, call.addressed))
  return noted(situation, await commands[call.name](parts, situation, call.argument))
}

/** A button holds the command that it stands for. */
async function buttonChange(parts: BotParts, query: CallbackQuery): Promise<Change> {
  const { message, data = '' } = query
  const call = readCommand(data, parts.me.username)
  if (message === undefined || call === undefined || call.name === 'unknown') return {}
  // Pressed by `from`, in the chat of a message that the bot sent.
  const situation = await situationOf(parts, {
    chat: message.chat,
    from: query.from,
    date: message.date,
    message_id: message.message_id,
  })
  const change = await commands[call.name](parts, situation, call.argument)
  const stop = { to: message.chat.id, action: { kind: 'answer', query: query.id } } as const
  return noted(situation, { ...change, drafts: [stop, ...(change.drafts ?? [])] })
}

/** Adds what the message told of its chat itself, unless the change holds the chat already. */
function noted({ chat, changed }: Situation, change: Change): Change {
  if (!changed || change.chats?.some((each) => each.id === chat.id) === true) return change
  return { ...change, chats: [...(change.chats ?? []), chat] }
}
