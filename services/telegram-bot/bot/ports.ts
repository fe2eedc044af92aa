import type { UserFromGetMe } from 'grammy/types'
import type { Filter, MatchExpression } from '../domain/filters.ts'
import type { Logger } from '@cloudlet/kit'
import type { Memory } from '../store/chats.ts'
import type { BotTable } from '../store/table.ts'
import type { TokensApi } from '../tokens-api/tokens-api.ts'

/** Time and chance, passed in. */
export type Environment = {
  /** Milliseconds since the epoch. */
  readonly now: () => number
  /** Ends early once `unless` is aborted. */
  readonly sleep: (ms: number, unless?: AbortSignal) => Promise<void>
  /** From 0 (included) to 1 (excluded). */
  readonly random: () => number
}

/** What handling updates takes. */
export type BotParts = {
  readonly me: UserFromGetMe
  readonly table: BotTable
  readonly memory: Memory
  readonly tokens: TokensApi
  /** False once the token API says that a token is gone. */
  readonly tokenLives: (token: string) => Promise<boolean>
  readonly environment: Environment
  /** Filters of every pairing, from the environment. */
  readonly filters: readonly Filter[]
  readonly matches: MatchExpression
  readonly log: Logger
}
