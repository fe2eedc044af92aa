import { NAME_CHARACTERS_MAX, TEXT_CHARACTERS_MAX } from './limits.ts'

// oxlint-disable-next-line no-control-regex -- control characters are what is looked for
const CONTROL = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/g
/** Marks that turn the direction of text: in a name they could make a message look like another's. */
const DIRECTION = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g

/** Text without control characters; as long as before, so that the places of bold and links stay right. */
export const withoutControls = (text: string): string => text.replace(CONTROL, '\uFFFD')

/** A name on one line, without what could make it look like something else, not too long. */
export function plainName(name: string): string {
  const line = name.replace(CONTROL, '').replace(DIRECTION, '').replace(/\s+/g, ' ').trim()
  const letters = Array.from(line)
  if (letters.length <= NAME_CHARACTERS_MAX) return line
  return `${letters.slice(0, NAME_CHARACTERS_MAX - 1).join('')}…`
}

/** Text in parts that a message can hold, cut where a word ends and never within a character. */
export function splitText(text: string, max = TEXT_CHARACTERS_MAX): string[] {
  const parts: string[] = []
  let rest = text
  while (rest.length > max) {
    const at = cutAt(rest, max)
    parts.push(rest.slice(0, at))
    rest = rest.slice(at)
  }
  parts.push(rest)
  // Telegram refuses a message of spaces alone.
  return parts.filter((part) => part.trim() !== '')
}

function cutAt(text: string, max: number): number {
  const space = Math.max(text.lastIndexOf('\n', max - 1), text.lastIndexOf(' ', max - 1)) + 1
  if (space > max / 2) return space
  const last = text.charCodeAt(max - 1)
  const cutsPair = last >= 0xd800 && last <= 0xdbff
  return cutsPair ? max - 1 : max
}
