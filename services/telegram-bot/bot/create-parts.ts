import type { Logger } from '@cloudlet/kit'
import type { UserFromGetMe } from 'grammy/types'
import { readFilters } from '../domain/filters.ts'
import { memory } from '../store/chats.ts'
import type { BotTable } from '../store/table.ts'
import { tokensApi } from '../tokens-api/tokens-api.ts'
import { matchExpression } from './match-expression.ts'
import type { BotParts, Environment } from './ports.ts'
import { tokenLife } from './token-life.ts'

/** Puts the bot together. */
export function createParts(options: {
  readonly me: UserFromGetMe
  readonly table: BotTable
  readonly tokensUrl: string
  readonly environment: Environment
  readonly log: Logger
  /** As domain/filters.ts reads them; empty for none. */
  readonly filters: string
}): BotParts {
  const { me, table, tokensUrl, environment, log, filters } = options
  const { sleep, random, now } = environment
  const tokens = tokensApi({ url: tokensUrl, sleep, random })
  return {
    me,
    table,
    memory: memory(table),
    tokens,
    tokenLives: tokenLife(tokens, now),
    environment,
    filters: readFilters(filters),
    matches: matchExpression,
    log,
  }
}
