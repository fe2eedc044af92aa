import type { IncomingMessage } from 'node:http'
import { createGunzip, createInflate } from 'node:zlib'

/** Why a body was not taken. */
export class BodyRefused extends Error {
  override readonly name = 'BodyRefused'
  readonly reason: 'too large' | 'damaged' | 'encoding' | 'aborted'
  constructor(reason: 'too large' | 'damaged' | 'encoding' | 'aborted') {
    super(`Request body ${reason}`)
    this.reason = reason
  }
}

const empty = Buffer.alloc(0)

/** True when the headers already say that no body follows. */
export const hasNoBody = ({ headers }: IncomingMessage): boolean =>
  headers['transfer-encoding'] === undefined &&
  (headers['content-length'] === undefined || headers['content-length'] === '0')

/** Collects a body of at most `bytesMax`; `done` is called exactly once, in the tick in which the body ends. */
export function collectBody(
  request: IncomingMessage,
  bytesMax: number,
  done: (body: Buffer | BodyRefused) => void,
): void {
  if (Number(request.headers['content-length'] ?? 0) > bytesMax) {
    done(new BodyRefused('too large'))
    return
  }
  let first: Buffer | undefined
  let rest: Buffer[] | undefined
  let bytes = 0
  let finished = false
  const finish = (outcome: Buffer | BodyRefused): void => {
    if (finished) return
    finished = true
    done(outcome)
  }
  request.on('data', (chunk: Buffer) => {
    if (finished) return
    bytes += chunk.length
    if (bytes > bytesMax) {
      first = undefined
      rest = undefined
      finish(new BodyRefused('too large'))
    } else if (first === undefined) first = chunk
    else (rest ??= [first]).push(chunk)
  })
  request.on('end', () => {
    finish(rest === undefined ? (first ?? empty) : Buffer.concat(rest, bytes))
  })
  request.on('error', () => finish(new BodyRefused('aborted')))
}

/**
 * Undoes `Content-Encoding: gzip` or `deflate`, of at most `bytesMax` bytes of plain text: a small body that
 * would grow without bound is refused as soon as it passes the limit.
 */
export function inflateBody(
  body: Buffer,
  encoding: string,
  bytesMax: number,
): Promise<Buffer | BodyRefused> {
  const name = encoding.trim().toLowerCase()
  if (name === 'identity') return Promise.resolve(body)
  const stream =
    name === 'gzip' || name === 'x-gzip'
      ? createGunzip()
      : name === 'deflate'
        ? createInflate()
        : undefined
  if (stream === undefined) return Promise.resolve(new BodyRefused('encoding'))
  return new Promise((resolve) => {
    const parts: Buffer[] = []
    let bytes = 0
    stream.on('data', (part: Buffer) => {
      bytes += part.length
      parts.push(part)
      if (bytes <= bytesMax) return
      stream.destroy()
      resolve(new BodyRefused('too large'))
    })
    stream.on('end', () => resolve(Buffer.concat(parts, bytes)))
    stream.on('error', () => resolve(new BodyRefused('damaged')))
    stream.end(body)
  })
}
