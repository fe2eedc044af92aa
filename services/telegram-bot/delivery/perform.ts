import { InputFile } from 'grammy'
import type { Api } from 'grammy'
import type { InputMedia, ReactionType } from 'grammy/types'
import { toBuffer } from 'qrcode'
import type { MessageRef } from '../domain/chat.ts'
import type { Action, AnsweredRef, Counterpart, Draft, Job } from '../domain/job.ts'
import type { Made, SentMessage } from '../store/queue.ts'
import { checkAlbum, copyAlbum } from './album.ts'

const QR_WIDTH = 480

const NOTHING: Made = { sent: [], more: [] }

type FindCounterpart = (message: AnsweredRef) => Promise<Counterpart | undefined>

/** Makes the one call that a job stands for. @throws what grammY throws */
export async function perform(api: Api, job: Job, counterpart: FindCounterpart): Promise<Made> {
  const { action } = job
  switch (action.kind) {
    case 'text':
    case 'qr':
    case 'copy': {
      const message = await sendOne(api, job, action, await placing(job, counterpart))
      return { sent: sentOf(job, [message]), more: [] }
    }
    case 'album':
      return copyAlbum(api, job, action)
    case 'album-check':
      return checkAlbum(api, job, action)
    case 'answer':
      await api.answerCallbackQuery(action.query)
      return NOTHING
    case 'react':
      return change(job, action.to, counterpart, (message) =>
        // A cast: any emoji may arrive, and Telegram refuses those it does not know.
        api.setMessageReaction(
          job.to,
          message,
          action.emoji === undefined
            ? []
            : [{ type: 'emoji', emoji: action.emoji } as ReactionType],
        ),
      )
    case 'edit-caption':
      return change(job, action.of, counterpart, (message) =>
        api.editMessageCaption(job.to, message, {
          caption: action.caption,
          caption_entities: [...action.entities],
        }),
      )
    case 'edit-media':
      return change(job, action.of, counterpart, (message) => {
        const { media: type, file: media, caption, entities } = action
        // A cast: the five kinds have these fields alike.
        const input = { type, media, caption, caption_entities: [...entities] } as InputMedia
        return api.editMessageMedia(job.to, message, input)
      })
    case 'edit-text':
      return editText(api, job, action, await counterpart(action.of))
    default:
      action satisfies never
      // Another version of the bot may have queued it.
      throw new TypeError('There is no such action')
  }
}

/** How many calls an action counts as. */
export function weightOf(action: Action): number {
  if (action.kind === 'album') return action.messages.length
  return action.kind === 'album-check' ? action.pieces.length : 1
}

type Place = {
  readonly message_thread_id?: number
  readonly reply_parameters?: {
    readonly message_id: number
    readonly allow_sending_without_reply: true
  }
}

/** The topic, and the message of the lane's chat that the new one answers. */
async function placing(job: Job, counterpart: FindCounterpart): Promise<Place> {
  const { threadId, replyTo, to } = job
  const thread = threadId === undefined ? {} : { message_thread_id: threadId }
  if (replyTo === undefined) return thread
  const found = replyTo.chat === to ? undefined : await counterpart(replyTo)
  const message = replyTo.chat === to ? replyTo.message : found?.messages[0]
  if (message === undefined || (found !== undefined && found.chat !== to)) return thread
  const reply = { message_id: message, allow_sending_without_reply: true } as const
  return { ...thread, reply_parameters: reply }
}

async function sendOne(
  api: Api,
  { to }: Job,
  action: Extract<Action, { kind: 'text' | 'qr' | 'copy' }>,
  place: Place,
): Promise<number> {
  switch (action.kind) {
    case 'text': {
      const { text, entities, buttons } = action
      const sent = await api.sendMessage(to, text, {
        ...place,
        ...(entities === undefined ? {} : { entities: [...entities] }),
        ...(buttons === undefined ? {} : { reply_markup: buttons }),
      })
      return sent.message_id
    }
    case 'qr': {
      const image = await toBuffer(action.link, { width: QR_WIDTH, errorCorrectionLevel: 'M' })
      const photo = new InputFile(image, 'token.png')
      return (await api.sendPhoto(to, photo, { ...place, caption: action.caption })).message_id
    }
    case 'copy': {
      const { from, caption, entities } = action
      const sent = await api.copyMessage(to, from.chat, from.message, {
        ...place,
        ...(caption === undefined ? {} : { caption }),
        ...(entities === undefined ? {} : { caption_entities: [...entities] }),
      })
      return sent.message_id
    }
  }
}

const sentOf = ({ relays }: Job, messages: readonly number[]): SentMessage[] =>
  relays === undefined ? [] : messages.map((message) => ({ source: relays.source, message }))

/** Changes the counterpart of a message; where there is none (its delivery failed) there is nothing to change. */
async function change(
  job: Job,
  of: MessageRef,
  counterpart: FindCounterpart,
  call: (message: number) => Promise<unknown>,
): Promise<Made> {
  const found = await counterpart(of)
  const message = found?.messages[0]
  if (message === undefined || found?.chat !== job.to) return NOTHING
  await call(message)
  return NOTHING
}

/** A long text stands in several messages: each is changed, what is too many goes, what is new is sent. */
async function editText(
  api: Api,
  job: Job,
  { parts }: Extract<Action, { kind: 'edit-text' }>,
  found: Counterpart | undefined,
): Promise<Made> {
  if (found === undefined || found.chat !== job.to || found.messages.length === 0) return NOTHING
  for (const [at, message] of found.messages.entries()) {
    const part = parts[at]
    if (part === undefined)
      await ignoring('message to delete not found', api.deleteMessage(job.to, message))
    else {
      const options = { entities: [...part.entities] }
      await ignoring(
        'message is not modified',
        api.editMessageText(job.to, message, part.text, options),
      )
    }
  }
  const more = parts.slice(found.messages.length).map((part): Draft => ({
    to: job.to,
    threadId: job.threadId,
    relays: job.relays,
    action: { kind: 'text', ...part },
  }))
  return { sent: [], more }
}

/** Lets one refusal pass: the call was made before, by a try that did not come to its end. */
async function ignoring(description: string, call: Promise<unknown>): Promise<void> {
  try {
    await call
  } catch (error) {
    if (!(error instanceof Error) || !error.message.includes(description)) throw error
  }
}
