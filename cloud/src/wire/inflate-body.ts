import { createGunzip, createInflate } from 'node:zlib'

/** The status that refuses a body: too large, of an unknown encoding, damaged. */
export type InflateProblem = 413 | 415 | 400

/**
 * Undoes `Content-Encoding: gzip` or `deflate`, of at most `bytesMax` bytes of plain text: a small body that
 * would grow without bound is refused as soon as it passes the limit.
 */
export function inflateBody(
  body: Buffer,
  encoding: string,
  bytesMax: number,
): Promise<Buffer | InflateProblem> {
  const name = encoding.trim().toLowerCase()
  if (name === 'identity') return Promise.resolve(body)
  const gzip = name === 'gzip' || name === 'x-gzip'
  const stream = gzip ? createGunzip() : name === 'deflate' ? createInflate() : undefined
  if (stream === undefined) return Promise.resolve(415)
  return new Promise((resolve) => {
    const parts: Buffer[] = []
    let bytes = 0
    stream.on('data', (part: Buffer) => {
      bytes += part.length
      parts.push(part)
      if (bytes <= bytesMax) return
      stream.destroy()
      resolve(413)
    })
    stream.on('end', () => resolve(Buffer.concat(parts, bytes)))
    stream.on('error', () => resolve(400))
    stream.end(body)
  })
}
