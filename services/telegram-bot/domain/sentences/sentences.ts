import type { CommandName } from '../commands.ts'
import type { Kind } from '../content.ts'
import type { Filter, FilterProblem } from '../filters.ts'
import type { Language } from '../language.ts'
import { english } from './english.ts'
import { spanish } from './spanish.ts'

/** Why something could not be done with a token. */
export type TokenProblem =
  | 'not found'
  | 'taken'
  | 'itself'
  | 'unavailable'
  | 'malformed'
  | 'foreign'

/** One pairing as /status shows it. */
export type StatusLine = {
  readonly peer: string
  readonly token: string
  readonly active: boolean
  readonly pausedHere: boolean
  readonly pausedThere: boolean
  readonly filters: number
  /** ISO 8601. */
  readonly endsAt?: string | undefined
}

/** All that the bot says, in one language. */
export type Sentences = {
  readonly welcome: string
  readonly commands: Readonly<Record<CommandName, string>>
  readonly share: (link: string) => string
  /** `share`, where its QR code could not be sent. */
  readonly shareWithoutCode: (link: string) => string
  readonly shareButton: string
  readonly lifetimeUsage: string
  readonly tokenUsage: (command: string) => string
  readonly tokenProblem: Readonly<Record<TokenProblem, string>>
  readonly paired: (peer: string) => string
  readonly pairedAlready: (peer: string) => string
  readonly tooManyPairings: (max: number) => string
  readonly remembered: (token: string, first: string, second: string | undefined) => string
  readonly thisChat: string
  readonly notYours: string
  readonly ended: (peer: string) => string
  readonly endedByPeer: (peer: string) => string
  readonly expired: (peer: string) => string
  readonly tokenDeleted: string
  readonly notPaired: string
  readonly status: (lines: readonly StatusLine[]) => string
  readonly useUsage: (count: number) => string
  readonly using: (peer: string) => string
  readonly paused: (peer: string) => string
  readonly pausedByPeer: (peer: string) => string
  readonly resumed: (peer: string) => string
  readonly stillPausedByPeer: (peer: string) => string
  readonly resumedByPeer: (peer: string) => string
  readonly notDeliveredPaused: string
  readonly filterUsage: (kinds: readonly Kind[]) => string
  readonly filterProblem: Readonly<Record<Exclude<FilterProblem, 'usage'>, string>>
  readonly filterOf: (filter: Filter) => string
  readonly filterAdded: (filter: string) => string
  readonly filterAddedByPeer: (filter: string) => string
  readonly filterRemoved: (filter: string) => string
  readonly filterList: (own: readonly string[], everywhere: readonly string[]) => string
  readonly tooManyFilters: (max: number) => string
  readonly unfilterUsage: (count: number) => string
  readonly filtered: (filter: string) => string
  readonly languageUsage: string
  readonly languageSet: string
  readonly unknownCommand: string
  readonly sends: (name: string, what: Kind | 'album') => string
  readonly cannotRelay: string
  readonly cannotEdit: string
  readonly peerUnreachable: string
  readonly peerLeft: (peer: string) => string
  readonly notDelivered: (reason: string) => string
  readonly pieceNotDelivered: (at: number, of: number, reason: string) => string
  readonly piecesNotDelivered: (count: number, of: number) => string
  /** Reasons, as the end of the sentences before. */
  readonly notCopied: string
  readonly ownFault: string
  readonly privacyMode: (botName: string) => string
  readonly wentWrong: string
}

const ALL: Readonly<Record<Language, Sentences>> = { en: english, es: spanish }

export const sentencesIn = (language: Language): Sentences => ALL[language]
