import { AwsError } from '../../../kernel/index.ts'
import type { AttributeValue } from '../values/index.ts'
import { NotWellFormed, tokensOf, type Token } from './lexer.ts'
import { expressionDepthMax } from './limits.ts'
import { reservedWords } from './reserved-words.ts'

export const invalid = (message: string): AwsError => new AwsError('ValidationException', message)

/** Where a parser stands in a statement, and the values for its `?`. */
export class Cursor {
  private readonly tokens: readonly Token[]
  private readonly parameters: readonly AttributeValue[]
  private at = 0
  private depth = 0
  /** How many `?` were read. */
  used = 0

  constructor(text: string, parameters: readonly AttributeValue[]) {
    this.tokens = tokensOf(text)
    this.parameters = parameters
  }

  get token(): Token {
    const token = this.tokens[this.at] ?? this.tokens.at(-1)
    if (token === undefined) throw new NotWellFormed()
    return token
  }

  peek(ahead: number): Token | undefined {
    return this.tokens[this.at + ahead]
  }

  next(): Token {
    const { token } = this
    this.at++
    return token
  }

  isKeyword(word: string): boolean {
    return this.token.kind === 'word' && this.token.word === word
  }

  isSymbol(symbol: string): boolean {
    return this.token.kind === 'symbol' && this.token.text === symbol
  }

  /** Takes a keyword if it comes next. */
  keyword(word: string): boolean {
    if (!this.isKeyword(word)) return false
    this.at++
    return true
  }

  symbol(symbol: string): boolean {
    if (!this.isSymbol(symbol)) return false
    this.at++
    return true
  }

  expectKeyword(word: string): void {
    if (!this.keyword(word)) throw new NotWellFormed()
  }

  expectSymbol(symbol: string): void {
    if (!this.symbol(symbol)) throw new NotWellFormed()
  }

  /** A name: in double quotes, or a word that is not reserved. */
  identifier(): string {
    const token = this.next()
    if (token.kind === 'quoted') return token.text
    if (token.kind === 'word' && !reservedWords.has(token.word)) return token.text
    throw new NotWellFormed()
  }

  /** The next parameter's value; a missing one is told of when the whole statement is read. */
  parameter(): AttributeValue {
    return this.parameters[this.used++] ?? { NULL: true }
  }

  /** Goes one level deeper while `parse` runs. */
  nested<T>(parse: () => T): T {
    if (++this.depth > expressionDepthMax) throw new NotWellFormed()
    const parsed = parse()
    this.depth--
    return parsed
  }
}
