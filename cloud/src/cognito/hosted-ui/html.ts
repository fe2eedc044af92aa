/** Text that is HTML already. Only {@link html} makes it: whatever else is put into a page is escaped. */
export class Html {
  readonly text: string
  constructor(text: string) {
    this.text = text
  }
}

type Part = string | Html | undefined | false | readonly Html[]

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
  '`': '&#96;',
}

/** Text for the content of an element or for a quoted attribute. */
export const escapeHtml = (text: string): string =>
  text.replaceAll(/[&<>"'`]/g, (letter) => entities[letter] ?? letter)

/**
 * HTML with values in it: each is escaped, pieces of HTML are taken as they are, lists are joined, undefined and
 * false leave nothing. Attributes are always written in double quotes.
 */
export function html(strings: TemplateStringsArray, ...values: readonly Part[]): Html {
  let text = strings[0] ?? ''
  for (const [index, value] of values.entries()) text += shown(value) + (strings[index + 1] ?? '')
  return new Html(text)
}

function shown(value: Part): string {
  if (value === undefined || value === false) return ''
  if (typeof value === 'string') return escapeHtml(value)
  return value instanceof Html ? value.text : value.map(({ text }) => text).join('')
}
