import { JsonText } from '../kernel/index.ts'

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
  '\r': '&#xD;',
}

/** Text as XML carries it; control characters that XML 1.0 has no way to write are left out. */
export const escapeXml = (text: string): string =>
  text
    // eslint-disable-next-line no-control-regex
    .replaceAll(/[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]/g, '')
    .replaceAll(/[&<>"'\r]/g, (character) => entities[character] ?? character)

/** An output's members as XML elements; lists are written as `<member>` elements, undefined members left out. */
export function writeXml(value: unknown): string {
  if (value instanceof JsonText) return writeXml(value.parse())
  if (value instanceof Date) return value.toISOString()
  if (value === null || value === undefined) return ''
  if (Array.isArray(value))
    return value.map((item) => `<member>${writeXml(item)}</member>`).join('')
  if (typeof value === 'object') {
    return Object.entries(value)
      .filter(([, member]) => member !== undefined && member !== null)
      .map(([name, member]) => `<${name}>${writeXml(member)}</${name}>`)
      .join('')
  }
  return escapeXml(typeof value === 'string' ? value : (JSON.stringify(value) ?? ''))
}
