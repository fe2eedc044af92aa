import { invalidParameter } from '../errors.ts'

export type Operator = '=' | '!=' | '<' | '<=' | '>' | '>=' | 'IS' | 'NOT' | 'EXISTS'
/** A literal to compare with: quoted text is never a number. */
export type Literal = { readonly text: string; readonly quoted: boolean }

const operators: readonly Operator[] = ['!=', '<=', '>=', '=', '<', '>', 'IS', 'NOT', 'EXISTS']
const constants = new Map<string, null | boolean>([
  ['NULL', null],
  ['TRUE', true],
  ['FALSE', false],
])

/** Reads a JSON filter pattern from left to right. */
export class JsonTokens {
  private readonly text: string
  private at = 0

  constructor(text: string) {
    this.text = text
  }

  /** Takes `token` if it is next; keywords end where a word ends. */
  take(token: string): boolean {
    this.skipSpace()
    if (!this.text.startsWith(token, this.at)) return false
    const end = this.at + token.length
    if (/\w$/.test(token) && /\w/.test(this.text.charAt(end))) return false
    this.at = end
    return true
  }

  expect(token: string): void {
    if (!this.take(token)) throw this.wrong(`"${token}" expected`)
  }

  expectEnd(): void {
    this.skipSpace()
    if (this.at < this.text.length) throw this.wrong('nothing more expected')
  }

  selector(): string {
    return this.match(
      /\$(?:\.?\[(?:\d+|\*|'[^']*'|"[^"]*")\]|\.(?:[^\s.[\](){}=!<>&|"']+))*/y,
      'a selector like $.name',
    )
  }

  operator(): Operator {
    const found = operators.find((operator) => this.take(operator))
    if (found === undefined) throw this.wrong('an operator expected')
    return found
  }

  /** NULL, TRUE or FALSE. */
  constant(): null | boolean {
    const found = [...constants].find(([name]) => this.take(name))
    if (found === undefined) throw this.wrong('NULL, TRUE or FALSE expected')
    return found[1]
  }

  value(): Literal {
    this.skipSpace()
    if (this.text.charAt(this.at) === '%') {
      throw invalidParameter('Regular expressions (%...%) are not offered by this cloud.')
    }
    if (this.text.charAt(this.at) === '"') {
      const quoted = this.match(/"(?:[^"\\]|\\.)*"/sy, 'a closing quotation mark')
      return { text: quoted.slice(1, -1).replaceAll(/\\(.)/gs, '$1'), quoted: true }
    }
    return { text: this.match(/[^\s(){}=!<>&|"]+/y, 'a value'), quoted: false }
  }

  private match(pattern: RegExp, wanted: string): string {
    this.skipSpace()
    pattern.lastIndex = this.at
    const found = pattern.exec(this.text)
    if (found === null) throw this.wrong(`${wanted} expected`)
    this.at += found[0].length
    return found[0]
  }

  private skipSpace(): void {
    while (/\s/.test(this.text.charAt(this.at))) this.at++
  }

  private wrong(why: string): Error {
    return invalidParameter(`Invalid filter pattern: ${why} at character ${this.at + 1}.`)
  }
}
