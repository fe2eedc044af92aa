import {
  badRequest,
  documentClient,
  env,
  HttpProblem,
  httpHandler,
  isUnavailable,
  ok,
} from '@cloudlet/kit'
import type { Update } from 'grammy/types'
import { giveUp, handleUpdate } from '../bot/handle-update.ts'
import { functionBot } from '../webhook/function-bot.ts'
import { isSecret } from '../telegram/webhook-secret.ts'

const bot = functionBot(process.env, { client: documentClient(), name: env('BOT_TABLE') })

/**
 * POST /webhook: Telegram's updates. Answered 200 once the update's effects are written; then the table's stream wakes
 * handlers/deliver.ts, which sends. Any other answer makes Telegram deliver the update again.
 */
export const handler = httpHandler({}, async ({ headers, bodyText }) => {
  if (bot === undefined) {
    throw new HttpProblem(
      503,
      'No bot token is configured: deploy with the parameter TelegramToken.',
    )
  }
  if (!isSecret(headers['x-telegram-bot-api-secret-token'], bot.secret)) {
    throw new HttpProblem(401, 'The secret of the webhook is missing or wrong.')
  }
  const update = readUpdate(bodyText)
  const parts = await bot.parts()
  try {
    await handleUpdate(parts, update)
  } catch (error) {
    if (isUnavailable(error)) throw error
    // A bug would fail again each time, and hold up everything behind it.
    parts.log.error('An update could not be handled', { update: update.update_id, error })
    await giveUp(parts, update)
  }
  return ok({})
})

function readUpdate(text: string): Update {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    throw badRequest('The body is not valid JSON.')
  }
  const id: unknown =
    value !== null && typeof value === 'object' ? Reflect.get(value, 'update_id') : 0
  if (!Number.isSafeInteger(id) || id === 0) throw badRequest('The body is not an update.')
  // A cast at a checked boundary: only Telegram knows the secret.
  return value as Update
}
