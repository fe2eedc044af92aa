import type { Message } from 'grammy/types'
import { fileOf, hasLink, isImage, kindOf, KINDS, wordsOf } from './content.ts'
import type { Kind } from './content.ts'
import { FILTER_CHARACTERS_MAX } from './limits.ts'

/** What is not relayed. `picture` is one image, known by Telegram's unique id of its file. */
export type Filter =
  | { readonly by: 'word'; readonly word: string }
  | { readonly by: 'expression'; readonly expression: string }
  | { readonly by: 'link' }
  | { readonly by: 'kind'; readonly kind: Kind }
  | { readonly by: 'image' }
  | { readonly by: 'picture'; readonly uniqueId: string }

/** Whether `text` matches a regular expression, which a person wrote: it must end, however bad it is. */
export type MatchExpression = (expression: string, text: string) => boolean

export type FilterProblem = 'usage' | 'too long' | 'expression' | 'kind'

const isKind = (text: string): text is Kind => KINDS.some((kind) => kind === text)

/**
 * Reads what follows /filter: `word <text>`, `regex <expression>`, `link`, `kind <kind>`, `image`. A plain
 * `image` that answers a picture means that picture alone.
 */
export function readFilter(text: string, answered?: Message): Filter | FilterProblem {
  const [, by = '', rest = ''] = /^(\S+)\s*([^]*)$/.exec(text.trim()) ?? []
  const value = rest.trim()
  if (value.length > FILTER_CHARACTERS_MAX) return 'too long'
  switch (by.toLowerCase()) {
    case 'word':
    case 'palabra':
      return value === '' ? 'usage' : { by: 'word', word: value }
    case 'regex':
    case 'expression':
    case 'expresion':
    case 'expresión':
      if (value === '') return 'usage'
      return isExpression(value) ? { by: 'expression', expression: value } : 'expression'
    case 'link':
    case 'enlace':
      return { by: 'link' }
    case 'kind':
    case 'tipo':
      return isKind(value.toLowerCase())
        ? { by: 'kind', kind: value.toLowerCase() as Kind }
        : 'kind'
    case 'image':
    case 'imagen':
      return imageFilter(answered)
    default:
      return 'usage'
  }
}

function imageFilter(answered: Message | undefined): Filter {
  const file = answered !== undefined && isImage(answered) ? fileOf(answered) : undefined
  return file === undefined ? { by: 'image' } : { by: 'picture', uniqueId: file.uniqueId }
}

function isExpression(source: string): boolean {
  try {
    return new RegExp(source, 'iu') instanceof RegExp
  } catch {
    return false
  }
}

/** Filters for every pairing, as the environment gives them: `word:foo;regex:ba+r;link;kind:sticker;image`. */
export function readFilters(text: string): Filter[] {
  return text
    .split(';')
    .filter((each) => each.trim() !== '')
    .map((each) => {
      const filter = readFilter(each.replace(':', ' '))
      if (typeof filter === 'string') {
        throw new Error(
          `"${each.trim()}" is no filter: word:…, regex:…, link, kind:<${KINDS.join('|')}> or image`,
        )
      }
      return filter
    })
}

/** The first filter that keeps a message back. */
export const filterAgainst = (
  message: Message,
  filters: readonly Filter[],
  matches: MatchExpression,
): Filter | undefined => filters.find((filter) => keepsBack(filter, message, matches))

function keepsBack(filter: Filter, message: Message, matches: MatchExpression): boolean {
  switch (filter.by) {
    case 'word':
      return holdsWord(spokenText(message), filter.word)
    case 'expression':
      return matches(filter.expression, spokenText(message))
    case 'link':
      return hasLink(message)
    case 'kind':
      return kindOf(message) === filter.kind
    case 'image':
      return isImage(message)
    case 'picture':
      return fileOf(message)?.uniqueId === filter.uniqueId
  }
}

/** All that a person can write into a message, wherever it stands in it. */
function spokenText(message: Message): string {
  const { poll, contact, venue, document } = message
  return [
    wordsOf(message).text,
    poll?.question,
    ...(poll?.options.map((option) => option.text) ?? []),
    contact?.first_name,
    contact?.last_name,
    venue?.title,
    venue?.address,
    document?.file_name,
  ]
    .filter((text) => text !== undefined)
    .join('\n')
}

/** A word stands by itself: `art` is not in `party`, accents and case do not matter. */
function holdsWord(text: string, word: string): boolean {
  const plain = (each: string): string => each.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase()
  const escaped = plain(word).replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&')
  return new RegExp(`(?<![\\p{L}\\p{N}_])${escaped}(?![\\p{L}\\p{N}_])`, 'u').test(plain(text))
}
