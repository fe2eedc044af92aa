import { HttpAnswer } from './answer.ts'

/** The server sent what is no HTTP/1.1 answer. */
export class BadAnswer extends Error {
  override readonly name = 'BadAnswer'
}

const HEAD_END = Buffer.from('\r\n\r\n')
const NOTHING = Buffer.alloc(0)
const HEAD_BYTES_MAX = 64 * 1024

type Framing =
  | { readonly kind: 'length'; readonly bytes: number }
  | { readonly kind: 'chunked' }
  | { readonly kind: 'until-close' }

type Head = {
  readonly status: number
  readonly text: string
  readonly framing: Framing
  readonly keepAlive: boolean
}

export type Complete = { readonly answer: HttpAnswer; readonly keepAlive: boolean }

/**
 * Reads the answers on one connection, one at a time and in order: message framing as RFC 9112, section 6, has it.
 * An answer that arrives whole in one piece, as most do, is not copied.
 */
export class AnswerReader {
  #pending: Buffer = NOTHING
  #head: Head | undefined
  /** Where the body starts in what is pending. */
  #bodyAt = 0
  readonly #chunks: Buffer[] = []

  /**
   * Takes the next bytes of the connection.
   *
   * @param isHead whether the request was a HEAD, whose answer has no body
   * @returns the answer once it is complete
   * @throws BadAnswer
   */
  push(bytes: Buffer, isHead: boolean): Complete | undefined {
    this.#pending = this.#pending.length === 0 ? bytes : Buffer.concat([this.#pending, bytes])
    while (this.#head === undefined) {
      const end = this.#pending.indexOf(HEAD_END)
      if (end < 0) {
        if (this.#pending.length > HEAD_BYTES_MAX) throw new BadAnswer('The head has no end.')
        return undefined
      }
      const head = readHead(this.#pending.toString('latin1', 0, end), isHead)
      this.#pending = this.#pending.subarray(end + HEAD_END.length)
      this.#bodyAt = 0
      // 1xx answers come before the real one ("100 Continue", "103 Early Hints").
      if (head.status >= 200) this.#head = head
    }
    const { framing } = this.#head
    if (framing.kind === 'length') return this.#readLength(framing.bytes)
    return framing.kind === 'chunked' ? this.#readChunks() : undefined
  }

  /** The server closed the connection: the end of an answer that has no other. */
  end(): Complete | undefined {
    if (this.#head?.framing.kind !== 'until-close') return undefined
    return this.#complete(this.#pending, this.#pending.length)
  }

  #readLength(bytes: number): Complete | undefined {
    if (this.#pending.length < bytes) return undefined
    return this.#complete(this.#pending.subarray(0, bytes), bytes)
  }

  #readChunks(): Complete | undefined {
    for (;;) {
      const lineEnd = this.#pending.indexOf('\r\n', this.#bodyAt, 'latin1')
      if (lineEnd < 0) return undefined
      const size = this.#pending.toString('latin1', this.#bodyAt, lineEnd).split(';')[0]?.trim()
      if (size === undefined || !/^[\da-f]{1,8}$/i.test(size)) {
        throw new BadAnswer('A chunk has no size.')
      }
      const bytes = Number.parseInt(size, 16)
      const start = lineEnd + 2
      if (bytes === 0) return this.#readTrailers(start)
      if (this.#pending.length < start + bytes + 2) return undefined
      this.#chunks.push(this.#pending.subarray(start, start + bytes))
      this.#bodyAt = start + bytes + 2
    }
  }

  /** After the last chunk: trailer fields, each a line, and an empty line. */
  #readTrailers(start: number): Complete | undefined {
    let at = start
    for (;;) {
      const end = this.#pending.indexOf('\r\n', at, 'latin1')
      if (end < 0) return undefined
      if (end === at) return this.#complete(Buffer.concat(this.#chunks), end + 2)
      at = end + 2
    }
  }

  #complete(body: Buffer, used: number): Complete {
    const head = this.#head
    if (head === undefined) throw new BadAnswer('An answer has no head.')
    this.#head = undefined
    this.#chunks.length = 0
    this.#pending = this.#pending.length === used ? NOTHING : this.#pending.subarray(used)
    return { answer: new HttpAnswer(head.status, head.text, body), keepAlive: head.keepAlive }
  }
}

function readHead(text: string, isHead: boolean): Head {
  if (!text.startsWith('HTTP/1.') || text.length < 12) throw new BadAnswer('No HTTP/1 answer.')
  const status = Number(text.slice(9, 12))
  if (!Number.isInteger(status) || status < 100) throw new BadAnswer('An answer has no status.')
  const lower = text.toLowerCase()
  const connection = field(lower, 'connection')
  const keepAlive = text.startsWith('HTTP/1.1')
    ? connection === undefined || !connection.includes('close')
    : connection?.includes('keep-alive') === true
  const framing = framingOf(lower, status, isHead)
  return { status, text, framing, keepAlive: keepAlive && framing.kind !== 'until-close' }
}

function framingOf(lower: string, status: number, isHead: boolean): Framing {
  if (isHead || status < 200 || status === 204 || status === 304)
    return { kind: 'length', bytes: 0 }
  const coding = field(lower, 'transfer-encoding')
  if (coding?.endsWith('chunked') === true) return { kind: 'chunked' }
  const length = field(lower, 'content-length')
  if (length === undefined) return { kind: 'until-close' }
  if (!/^\d{1,15}$/.test(length)) throw new BadAnswer('An answer has no length.')
  return { kind: 'length', bytes: Number(length) }
}

/** A field's value in a head that is in lower case. */
function field(lower: string, name: string): string | undefined {
  const at = lower.indexOf(`\r\n${name}:`)
  if (at < 0) return undefined
  const start = at + name.length + 3
  const end = lower.indexOf('\r\n', start)
  return lower.slice(start, end < 0 ? undefined : end).trim()
}
