import type { InlineKeyboardMarkup, MessageEntity } from 'grammy/types'
import type { ChatId, MessageRef } from './chat.ts'
import type { Language } from './language.ts'

/** One call to Telegram that is to be made. Messages of the other chat are named by the one they came from. */
export type Action =
  | {
      readonly kind: 'text'
      readonly text: string
      readonly entities?: readonly MessageEntity[] | undefined
      readonly buttons?: InlineKeyboardMarkup | undefined
    }
  /** A deep link as a QR code; the text `instead` where there can be no picture. */
  | {
      readonly kind: 'qr'
      readonly link: string
      readonly caption: string
      readonly instead: string
    }
  | {
      readonly kind: 'copy'
      readonly from: MessageRef
      /** In place of the copied message's own. */
      readonly caption?: string | undefined
      readonly entities?: readonly MessageEntity[] | undefined
    }
  | { readonly kind: 'album'; readonly from: ChatId; readonly messages: readonly number[] }
  /** Finds out which pieces of an album were left out, where fewer copies were made of it. */
  | {
      readonly kind: 'album-check'
      readonly from: ChatId
      readonly pieces: readonly number[]
      readonly copies: readonly number[]
    }
  | { readonly kind: 'edit-text'; readonly of: MessageRef; readonly parts: readonly TextPart[] }
  | {
      readonly kind: 'edit-caption'
      readonly of: MessageRef
      readonly caption: string
      readonly entities: readonly MessageEntity[]
    }
  | {
      readonly kind: 'edit-media'
      readonly of: MessageRef
      readonly media: 'photo' | 'video' | 'animation' | 'audio' | 'document'
      readonly file: string
      readonly caption: string
      readonly entities: readonly MessageEntity[]
    }
  /** Stops the waiting sign of a button that was pressed. */
  | { readonly kind: 'answer'; readonly query: string }
  | { readonly kind: 'react'; readonly to: MessageRef; readonly emoji: string | undefined }

export type TextPart = { readonly text: string; readonly entities: readonly MessageEntity[] }

/** `ours`: the bot sent it. Where it stands in the other chat may be written down a moment after it was seen. */
export type AnsweredRef = MessageRef & { readonly ours?: boolean | undefined }

/** An action for a chat, before it is queued. */
export type Draft = {
  readonly to: ChatId
  readonly threadId?: number | undefined
  readonly action: Action
  /** The message that a new one answers, in whichever of the two chats it stands. */
  readonly replyTo?: AnsweredRef | undefined
  /** What a person sent and this relays; that person is told when it fails for good. */
  readonly relays?: Relayed | undefined
  /** Milliseconds since the epoch: not before this. */
  readonly dueAt?: number | undefined
}

export type Relayed = {
  readonly source: MessageRef
  readonly token: string
  readonly threadId?: number | undefined
  /** The sender's chat's language. */
  readonly language: Language
  /** A line that announces what comes next: it is not what an edit or a reaction is meant for. */
  readonly header?: boolean | undefined
  /** The piece of an album that this is, from 1 on, where its pieces go one by one. */
  readonly piece?: { readonly at: number; readonly of: number } | undefined
}

/** A queued action. `key` orders the queue of a chat. */
export type Job = Draft & {
  readonly key: string
  readonly attempts: number
  /** An album that takes no further pieces. */
  readonly sealed?: boolean | undefined
  /** The try that began to send it; see `onlyOnce`. */
  readonly claim?: string | undefined
}

/**
 * True for what the bot itself says (an answer, a notice): where nobody knows whether it was sent, it is not sent
 * again, because people can ask again. What a person wrote is sent again, because it must not be lost. Edits,
 * reactions and answers to buttons may be repeated: they come to the same.
 */
export const onlyOnce = ({ action, relays }: Draft): boolean =>
  relays === undefined && (action.kind === 'text' || action.kind === 'qr')

/** What of a job can be queued anew. */
export function draftOf({
  key: _key,
  attempts: _attempts,
  sealed: _sealed,
  claim: _claim,
  ...draft
}: Job): Draft {
  return draft
}

/** Where a relayed message went: `chat` has it as `messages` (a long text in several parts). */
export type Counterpart = {
  readonly chat: ChatId
  readonly token: string
  readonly messages: readonly number[]
  /** Telegram's unique id of the file that was sent last. */
  readonly file?: string | undefined
}
