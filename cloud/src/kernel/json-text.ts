/**
 * A piece of JSON that is already written, for example a stored item in its wire form. An operation may
 * put it anywhere in its output; {@link writeJson} copies it as it is instead of parsing and writing it again.
 */
export class JsonText {
  /** As text, or as its bytes in UTF-8. */
  readonly written: string | Buffer
  /** To be called by who needs the bytes no more: their memory is then used for others. It need not be called. */
  readonly done: (() => void) | undefined
  constructor(written: string | Buffer, done?: () => void) {
    this.written = written
    this.done = done
  }
  /** The parsed value, for callers that want objects rather than text. */
  parse(): unknown {
    return JSON.parse(this.written.toString())
  }
  toJSON(): unknown {
    return this.parse()
  }
}

/** An output as plain objects, for callers inside the process: what {@link writeJson} writes, parsed. */
export function plainOutput(value: unknown): unknown {
  if (value instanceof JsonText) {
    const plain = value.parse()
    value.done?.()
    return plain
  }
  if (Array.isArray(value)) return value.map(plainOutput)
  if (value instanceof Uint8Array) return Buffer.from(value).toString('base64')
  if (value === null || typeof value !== 'object' || 'toJSON' in value) return value
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, member]) => member !== undefined)
      .map(([name, member]) => [name, plainOutput(member)]),
  )
}

/**
 * JSON.stringify for outputs that may hold {@link JsonText} at any depth; undefined members are left out.
 *
 * @returns text, or bytes in UTF-8 where a part of it was given as bytes: those are copied and never decoded
 */
export function writeJson(value: unknown): string | Buffer {
  if (value instanceof JsonText) return value.written
  const output = new Output()
  output.write(value)
  return output.whole()
}

class Output {
  private readonly before: (string | Buffer)[] = []
  private text = ''

  write(value: unknown): void {
    if (value instanceof JsonText) this.copy(value.written)
    else if (Array.isArray(value)) this.list(value)
    else if (
      value === null ||
      typeof value !== 'object' ||
      value instanceof Uint8Array ||
      'toJSON' in value
    ) {
      this.text +=
        JSON.stringify(
          value instanceof Uint8Array ? Buffer.from(value).toString('base64') : value,
        ) ?? 'null'
    } else this.members(value)
  }

  private copy(written: string | Buffer): void {
    if (typeof written === 'string') this.text += written
    else {
      this.before.push(this.text, written)
      this.text = ''
    }
  }

  private list(values: readonly unknown[]): void {
    let separator = '['
    for (const each of values) {
      this.text += separator
      separator = ','
      this.write(each)
    }
    this.text += values.length === 0 ? '[]' : ']'
  }

  private members(value: object): void {
    let separator = '{'
    for (const [key, member] of Object.entries(value)) {
      if (member === undefined) continue
      this.text += `${separator}${JSON.stringify(key)}:`
      separator = ','
      this.write(member)
    }
    this.text += separator === '{' ? '{}' : '}'
  }

  whole(): string | Buffer {
    if (this.before.length === 0) return this.text
    const parts = [...this.before, this.text]
    let most = 0
    for (const part of parts) {
      most += part.length * (typeof part === 'string' ? utf8BytesMax : 1)
    }
    const bytes = Buffer.allocUnsafe(most)
    let at = 0
    for (const part of parts) {
      if (typeof part === 'string') at += bytes.write(part, at)
      else {
        bytes.set(part, at)
        at += part.length
      }
    }
    return bytes.subarray(0, at)
  }
}

/** Bytes of UTF-8 that one UTF-16 unit takes at the most. */
const utf8BytesMax = 3
