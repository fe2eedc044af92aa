import { badRequest, conflict } from '../api-error.ts'
import { flag, integer, list, optionalInteger, optionalText, textOf } from '../arguments.ts'
import { writableChat } from '../context.ts'
import type { Method } from '../context.ts'
import { COMMAND_NAME, COMMANDS_MAX, DESCRIPTION_CHARACTERS_MAX, SECRET } from '../limits.ts'
import { knownFile } from '../media.ts'
import { chatField } from '../sent-message.ts'

export const getMe: Method = ({ world }) => world.me()

export const setWebhook: Method = ({ webhook, world }, from) => {
  const url = textOf(from, 'url')
  const secret = optionalText(from, 'secret_token')
  if (secret !== undefined && secret !== '' && !SECRET.test(secret)) {
    throw badRequest('secret token contains unallowed characters')
  }
  const maxConnections = optionalInteger(from, 'max_connections') ?? 40
  if (maxConnections < 1 || maxConnections > 100)
    throw badRequest('max_connections is out of range')
  const allowed = list(from, 'allowed_updates')?.map(String)
  if (flag(from, 'drop_pending_updates')) world.confirmUpdates(Number.MAX_SAFE_INTEGER)
  if (url === '') {
    webhook.set(undefined)
    return true
  }
  // Telegram takes https alone; a simulation on one machine has no certificate.
  if (!/^https?:\/\/.+/.test(url))
    throw badRequest('bad webhook: An HTTPS URL must be provided for webhook')
  world.setAllowed(allowed)
  webhook.set({ url, secret: secret === '' ? undefined : secret, allowed, maxConnections })
  return true
}

export const deleteWebhook: Method = ({ webhook, world }, from) => {
  if (flag(from, 'drop_pending_updates')) world.confirmUpdates(Number.MAX_SAFE_INTEGER)
  webhook.set(undefined)
  return true
}

export const getWebhookInfo: Method = ({ webhook, world }) => {
  const current = webhook.get()
  const lastError = webhook.lastError()
  return {
    url: current?.url ?? '',
    has_custom_certificate: false,
    pending_update_count: world.updates().length,
    ...(current === undefined ? {} : { max_connections: current.maxConnections }),
    ...(current?.allowed === undefined ? {} : { allowed_updates: current.allowed }),
    ...(lastError === undefined ? {} : { last_error_message: lastError }),
  }
}

/** @throws ApiError 409 while there is a webhook */
export function requireNoWebhook(webhook: Parameters<Method>[0]['webhook']): void {
  if (webhook.get() !== undefined) {
    throw conflict(
      "can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first",
    )
  }
}

export const setMyCommands: Method = ({ commands }, from) => {
  const given = list(from, 'commands') ?? []
  if (given.length > COMMANDS_MAX) throw badRequest('BOT_COMMANDS_TOO_MUCH')
  for (const each of given) {
    const { command, description } = each as Record<string, unknown>
    if (typeof command !== 'string' || !COMMAND_NAME.test(command))
      throw badRequest('BOT_COMMAND_INVALID')
    if (
      typeof description !== 'string' ||
      description === '' ||
      description.length > DESCRIPTION_CHARACTERS_MAX
    ) {
      throw badRequest('BOT_COMMAND_DESCRIPTION_INVALID')
    }
  }
  commands.set(optionalText(from, 'language_code') ?? '', given)
  return true
}

export const getMyCommands: Method = ({ commands }, from) =>
  commands.get(optionalText(from, 'language_code') ?? '') ?? []

export const answerCallbackQuery: Method = ({ queries }, from) => {
  if (!queries.delete(textOf(from, 'callback_query_id'))) {
    throw badRequest('query is too old and response timeout expired or query ID is invalid')
  }
  return true
}

export const getFile: Method = ({ world }, from) => {
  const file = knownFile(world, textOf(from, 'file_id'))
  return {
    file_id: file.id,
    file_unique_id: file.uniqueId,
    file_size: Buffer.byteLength(file.base64, 'base64'),
    file_path: `${file.id}/${encodeURIComponent(file.name)}`,
  }
}

export const getChat: Method = (context, from) => chatField(writableChat(context, from))

export const getChatMember: Method = (context, from) => {
  const chat = writableChat(context, from)
  const user = integer(from, 'user_id')
  const me = context.world.me()
  if (user === me.id) return { status: chat.botIsAdmin ? 'administrator' : 'member', user: me }
  const person = chat.people.find((each) => each.id === user)
  if (person === undefined) throw badRequest('PARTICIPANT_ID_INVALID')
  return { status: 'member', user: { is_bot: false, ...person } }
}

export const leaveChat: Method = (context, from) => {
  const chat = writableChat(context, from)
  context.world.putChat({ ...chat, blocked: true })
  return true
}
