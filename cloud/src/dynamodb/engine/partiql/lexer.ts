import type { Place } from './ast.ts'

export type Token = {
  readonly kind: 'word' | 'quoted' | 'string' | 'number' | 'symbol' | 'ion' | 'end'
  /** The content: of quoted tokens without the quotes. */
  readonly text: string
  /** A word in lower case, for comparing with keywords; the text of any other token. */
  readonly word: string
  readonly place: Place
}

/** The text cannot be taken apart, or its parts do not make a statement. */
export class NotWellFormed extends Error {
  override readonly name = 'NotWellFormed'
}

const pattern =
  /(?<space>\s+|--[^\n]*|\/\*[\s\S]*?\*\/)|(?<word>[A-Za-z_$][A-Za-z0-9_$]*)|"(?<quoted>(?:[^"]|"")*)"|'(?<string>(?:[^']|'')*)'|`(?<ion>[^`]*)`|(?<number>(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][+-]?[0-9]+)?)|(?<symbol><<|>>|<>|<=|>=|!=|\|\||[.,*()[\]{}<>=+\-/%:;?@])/y

/**
 * The tokens of a statement, comments left out, with an `end` token last.
 *
 * @throws NotWellFormed for characters that begin no token
 */
export function tokensOf(text: string): Token[] {
  const tokens: Token[] = []
  const reader = new RegExp(pattern)
  let line = 1
  let lineStart = 0
  while (reader.lastIndex < text.length) {
    const start = reader.lastIndex
    const match = reader.exec(text)
    if (match === null) throw new NotWellFormed()
    const place = `${line}:${start - lineStart + 1}:${match[0].length}`
    const token = tokenOf(match.groups ?? {}, place)
    if (token !== undefined) tokens.push(token)
    for (let at = text.indexOf('\n', start); at >= 0 && at < reader.lastIndex;) {
      line++
      lineStart = at + 1
      at = text.indexOf('\n', lineStart)
    }
  }
  const place = `${line}:${text.length - lineStart + 1}:0`
  tokens.push({ kind: 'end', text: '', word: '', place })
  return tokens
}

function tokenOf(
  groups: Readonly<Record<string, string | undefined>>,
  place: Place,
): Token | undefined {
  const { word, quoted, string, ion, number, symbol } = groups
  const made = (kind: Token['kind'], text: string): Token => ({ kind, text, word: text, place })
  if (word !== undefined) return { kind: 'word', text: word, word: word.toLowerCase(), place }
  if (quoted !== undefined) return made('quoted', quoted.replaceAll('""', '"'))
  if (string !== undefined) return made('string', string.replaceAll("''", "'"))
  if (ion !== undefined) return made('ion', ion)
  if (number !== undefined) return made('number', number)
  return symbol === undefined ? undefined : made('symbol', symbol)
}
