/** One field of a form: text, or a file. */
export type FormPart = {
  readonly name: string
  readonly file: string | undefined
  readonly type: string | undefined
  readonly content: Buffer
}

const HEAD_END = Buffer.from('\r\n\r\n')

/**
 * Reads multipart/form-data (RFC 7578). Node's own reader refuses what clients of the Bot API really send, such as
 * headers without a space after the colon.
 *
 * @returns undefined where the body is no such form
 */
export function readMultipart(type: string, body: Buffer): FormPart[] | undefined {
  const boundary = /;\s*boundary=(?:"([^"]+)"|([^;\s]+))/i.exec(type)
  const mark = boundary?.[1] ?? boundary?.[2]
  if (mark === undefined) return undefined
  const delimiter = Buffer.from(`--${mark}`)
  const parts: FormPart[] = []
  let at = body.indexOf(delimiter)
  while (at >= 0) {
    const start = at + delimiter.length
    if (body.subarray(start, start + 2).toString() === '--') return parts
    const next = body.indexOf(Buffer.concat([Buffer.from('\r\n'), delimiter]), start)
    const head = body.indexOf(HEAD_END, start)
    if (next < 0 || head < 0 || head > next) return undefined
    const part = readPart(
      body.subarray(start, head).toString('utf8'),
      body.subarray(head + 4, next),
    )
    if (part === undefined) return undefined
    parts.push(part)
    at = next + 2
  }
  return undefined
}

function readPart(head: string, content: Buffer): FormPart | undefined {
  const parameter = (name: string): string | undefined =>
    new RegExp(`^content-disposition:[^\\r\\n]*;\\s*${name}=(?:"([^"]*)"|([^;\\s]+))`, 'im')
      .exec(head)
      ?.slice(1)
      .find((value) => value !== undefined)
  const name = parameter('name')
  if (name === undefined) return undefined
  const type = /^content-type:\s*(\S+)/im.exec(head)?.[1]
  return { name, file: parameter('filename'), type, content }
}
