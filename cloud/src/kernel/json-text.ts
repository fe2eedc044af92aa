/**
 * A piece of JSON that is already written, for example a stored item in its wire form. An operation may
 * put it anywhere in its output; {@link writeJson} copies it as it is instead of parsing and writing it again.
 */
export class JsonText {
  readonly text: string
  constructor(text: string) {
    this.text = text
  }
  /** The parsed value, for callers that want objects rather than text. */
  parse(): unknown {
    return JSON.parse(this.text)
  }
  toJSON(): unknown {
    return this.parse()
  }
}

/** JSON.stringify for outputs that may hold {@link JsonText} at any depth; undefined members are left out. */
export function writeJson(value: unknown): string {
  if (value instanceof JsonText) return value.text
  if (Array.isArray(value)) return `[${value.map(writeJson).join(',')}]`
  if (
    value === null ||
    typeof value !== 'object' ||
    value instanceof Uint8Array ||
    'toJSON' in value
  ) {
    return (
      JSON.stringify(value instanceof Uint8Array ? Buffer.from(value).toString('base64') : value) ??
      'null'
    )
  }
  let text = ''
  for (const [key, member] of Object.entries(value)) {
    if (member === undefined) continue
    text += `${text === '' ? '' : ','}${JSON.stringify(key)}:${writeJson(member)}`
  }
  return `{${text}}`
}
