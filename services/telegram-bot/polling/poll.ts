import type { Api } from 'grammy'
import { GrammyError } from 'grammy'
import type { Update } from 'grammy/types'
import { isUnavailable } from '@cloudlet/kit'
import { ALLOWED_UPDATES, giveUp, handleUpdate } from '../bot/handle-update.ts'
import type { BotParts } from '../bot/ports.ts'
import { refusalOf } from '../delivery/refusal.ts'

const POLL_SECONDS = 30
const WAIT_MS = 500
const WAIT_MS_MAX = 15_000
/** A bug fails the same way each time: after this many tries the update is given up, and the sender told. */
const TRIES_MAX = 3
/** A refusal that no waiting mends: the token is wrong. */
const FATAL = new Set([401, 404])

export type Poller = {
  /** Runs until it is stopped. @throws where Telegram does not know the bot's token */
  readonly run: () => Promise<void>
  readonly stop: () => void
}

/**
 * Long polling. An update is confirmed once it is handled (its effects are written, its messages queued), so none is
 * lost by a crash. Updates of one chat are handled in order, chats side by side.
 */
export function poller(parts: BotParts, api: Api, onHandled: () => void): Poller {
  const stopping = new AbortController()
  const { sleep, random } = parts.environment

  async function handle(update: Update): Promise<void> {
    for (let tries = 1; !stopping.signal.aborted; tries++) {
      try {
        await handleUpdate(parts, update)
        onHandled()
        return
      } catch (error) {
        parts.log.error('An update could not be handled', { update: update.update_id, error })
        if (!isUnavailable(error) && tries >= TRIES_MAX) {
          await giveUp(parts, update)
          onHandled()
          return
        }
        const waitMs = Math.min(WAIT_MS_MAX, WAIT_MS * 2 ** tries) * (0.5 + random() / 2)
        await sleep(waitMs, stopping.signal)
      }
    }
  }

  async function handleAll(updates: readonly Update[]): Promise<void> {
    const chats = new Map<number, Promise<void>>()
    for (const update of updates) {
      const chat = chatOf(update)
      const before = chats.get(chat) ?? Promise.resolve()
      chats.set(
        chat,
        before.then(() => handle(update)),
      )
    }
    await Promise.all(chats.values())
  }

  return {
    stop: () => stopping.abort(),

    async run() {
      let offset = 0
      for (let failures = 0; !stopping.signal.aborted;) {
        let updates: Update[]
        try {
          updates = await api.getUpdates(
            { offset, timeout: POLL_SECONDS, allowed_updates: ALLOWED_UPDATES },
            // A cast: grammY's type is that of the package abort-controller.
            stopping.signal as Parameters<Api['getUpdates']>[1],
          )
          failures = 0
        } catch (error) {
          if (stopping.signal.aborted) return
          if (error instanceof GrammyError && FATAL.has(error.error_code)) throw error
          failures++
          await sleep(waitAfter(parts, error, failures), stopping.signal)
          continue
        }
        await handleAll(updates)
        if (stopping.signal.aborted) return
        offset = (updates.at(-1)?.update_id ?? offset - 1) + 1
      }
    },
  }
}

function waitAfter(parts: BotParts, error: unknown, failures: number): number {
  const refusal = refusalOf(error)
  const advice =
    refusal?.code === 409
      ? 'Another process polls with this token, or a webhook is set: stop it, or run "cloudlet bot delete-webhook".'
      : 'Telegram could not be asked for updates; trying again.'
  parts.log.warn(advice, { code: refusal?.code, description: refusal?.description })
  if (refusal?.retryAfterSeconds !== undefined) return refusal.retryAfterSeconds * 1000
  const longest = Math.min(WAIT_MS_MAX, WAIT_MS * 2 ** failures)
  return longest * (0.5 + parts.environment.random() / 2)
}

const chatOf = (update: Update): number =>
  update.message?.chat.id ??
  update.edited_message?.chat.id ??
  update.message_reaction?.chat.id ??
  update.my_chat_member?.chat.id ??
  update.callback_query?.from.id ??
  0
