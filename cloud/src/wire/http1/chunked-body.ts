import { chunkLineBytesMax } from '../limits.ts'

/** What feeding bytes to a reader came to: more wanted, the body is complete, or it must be refused. */
export type ChunkedOutcome =
  | { readonly kind: 'more' }
  | { readonly kind: 'done'; readonly body: Buffer; readonly rest: Buffer }
  | { readonly kind: 'refused'; readonly status: 400 | 413 }

const more: ChunkedOutcome = { kind: 'more' }

/** Reads a body in chunks (RFC 9112, "Chunked Transfer Coding") of at most `bytesMax`; trailers are dropped. */
export function chunkedReader(bytesMax: number): (bytes: Buffer) => ChunkedOutcome {
  const parts: Buffer[] = []
  let size = 0
  /** Bytes of a line that is not complete yet. */
  let line: Buffer = Buffer.alloc(0)
  /** Bytes of the chunk still to come, its line end included; undefined while a size line is awaited. */
  let wanted: number | undefined
  let inTrailers = false

  function takeChunk(bytes: Buffer, at: number): number | undefined {
    const left = wanted ?? 0
    const dataLeft = Math.max(0, left - 2)
    const data = bytes.subarray(at, at + dataLeft)
    if (data.length > 0) parts.push(data)
    const ends = bytes.subarray(at + data.length, at + left)
    const expected = left <= 2 ? '\r\n'.slice(2 - left) : '\r\n'
    if (!expected.startsWith(ends.toString('latin1'))) return undefined
    const taken = data.length + ends.length
    wanted = left - taken === 0 ? undefined : left - taken
    return at + taken
  }

  return (input) => {
    const bytes = line.length === 0 ? input : Buffer.concat([line, input])
    line = Buffer.alloc(0)
    let at = 0
    while (at < bytes.length) {
      if (wanted !== undefined) {
        const next = takeChunk(bytes, at)
        if (next === undefined) return { kind: 'refused', status: 400 }
        at = next
        continue
      }
      const end = bytes.indexOf('\r\n', at)
      if (end === -1) {
        if (bytes.length - at > chunkLineBytesMax) return { kind: 'refused', status: 400 }
        line = bytes.subarray(at)
        return more
      }
      const text = bytes.toString('latin1', at, end)
      at = end + 2
      if (inTrailers) {
        if (text === '')
          return { kind: 'done', body: Buffer.concat(parts, size), rest: bytes.subarray(at) }
        continue
      }
      const length = chunkSize(text)
      if (length === undefined) return { kind: 'refused', status: 400 }
      size += length
      if (size > bytesMax) return { kind: 'refused', status: 413 }
      if (length === 0) inTrailers = true
      else wanted = length + 2
    }
    return more
  }
}

/** The size before a chunk; extensions after a semicolon mean nothing here. */
function chunkSize(line: string): number | undefined {
  const match = /^([0-9A-Fa-f]{1,8})[ \t]*(?:;[^\r\n]*)?$/.exec(line)
  return match === null ? undefined : Number.parseInt(match[1] ?? '', 16)
}
