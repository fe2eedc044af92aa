import { invalid } from './placeholders.ts'

/**
 * `name` an attribute, a function or a keyword; `nameKey` `#n`; `valueKey` `:v`; `number` a list index;
 * `symbol` an operator, a bracket or a character that belongs nowhere; `end` after the last.
 */
type TokenKind = 'name' | 'nameKey' | 'valueKey' | 'number' | 'symbol' | 'end'
export type Token = {
  readonly kind: TokenKind
  readonly text: string
  readonly start: number
  readonly end: number
}

const tokenPattern =
  /([a-zA-Z][a-zA-Z0-9_]*)|(#[a-zA-Z0-9_]+)|(:[a-zA-Z0-9_]+)|(0|[1-9][0-9]*)|(<>|<=|>=|[^ \t\r\n])/gu

/** Splits an expression into its tokens, `end` last. Never fails: what is no token becomes a symbol. */
function tokensOf(text: string): readonly Token[] {
  const tokens: Token[] = []
  for (const match of text.matchAll(tokenPattern)) {
    tokens.push({
      kind: kindOf(match),
      text: match[0],
      start: match.index,
      end: match.index + match[0].length,
    })
  }
  tokens.push({ kind: 'end', text: '<EOF>', start: text.length, end: text.length })
  return tokens
}

function kindOf(match: RegExpMatchArray): TokenKind {
  if (match[1] !== undefined) return 'name'
  if (match[2] !== undefined) return 'nameKey'
  if (match[3] !== undefined) return 'valueKey'
  return match[4] === undefined ? 'symbol' : 'number'
}

/** Reads tokens one after the other; complains as DynamoDB does. */
export class Cursor {
  readonly #text: string
  readonly #tokens: readonly Token[]
  readonly #last: Token
  #at = 0

  constructor(text: string) {
    this.#text = text
    this.#tokens = tokensOf(text)
    this.#last = this.#tokens.at(-1) ?? { kind: 'end', text: '<EOF>', start: 0, end: 0 }
  }

  get next(): Token {
    return this.#tokens[this.#at] ?? this.#last
  }

  get afterNext(): Token {
    return this.#tokens[this.#at + 1] ?? this.#last
  }

  take(): Token {
    const token = this.next
    this.#at++
    return token
  }

  isSymbol(text: string): boolean {
    return this.next.kind === 'symbol' && this.next.text === text
  }

  isKeyword(word: string): boolean {
    return this.next.kind === 'name' && this.next.text.toUpperCase() === word
  }

  /** Takes the symbol if it is the next token. */
  symbol(text: string): boolean {
    if (!this.isSymbol(text)) return false
    this.#at++
    return true
  }

  /** Takes the keyword, in any case, if it is the next token. */
  keyword(word: string): boolean {
    if (!this.isKeyword(word)) return false
    this.#at++
    return true
  }

  expectSymbol(text: string): void {
    if (!this.symbol(text)) this.fail()
  }

  expectEnd(): void {
    if (this.next.kind !== 'end') this.fail()
  }

  /** The next token cannot stand here. `near` shows it with one token on either side (observed). */
  fail(): never {
    const before = this.#tokens[this.#at - 1]
    const after = this.#tokens[this.#at + 1]
    const first = this.next.kind === 'end' ? 0 : this.next.start
    const from = before?.start ?? first
    const to = after === undefined || after.kind === 'end' ? this.#text.length : after.end
    throw invalid(`Syntax error; token: "${this.next.text}", near: "${this.#text.slice(from, to)}"`)
  }
}
