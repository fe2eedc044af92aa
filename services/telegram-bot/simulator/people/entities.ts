import type { MessageEntity } from 'grammy/types'

const FOUND: readonly (readonly ['bot_command' | 'url' | 'email' | 'mention', RegExp])[] = [
  ['bot_command', /(?<![\w/])\/[A-Za-z0-9_]{1,64}(?:@\w{3,32})?/g],
  ['url', /\bhttps?:\/\/[^\s<>"]+|\b(?:www\.|t\.me\/)[^\s<>"]+/gi],
  ['email', /\b[\w.+-]+@[\w-]+\.[\w.-]+\b/g],
  ['mention', /(?<!\w)@[A-Za-z]\w{3,31}\b/g],
]

/** What Telegram finds in a text by itself. */
export function foundEntities(text: string): MessageEntity[] {
  return FOUND.flatMap(([type, pattern]) =>
    [...text.matchAll(pattern)].map((match): MessageEntity => ({
      type,
      offset: match.index,
      length: match[0].length,
    })),
  ).toSorted((a, b) => a.offset - b.offset)
}
