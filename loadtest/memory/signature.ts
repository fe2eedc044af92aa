import { createHash, createHmac } from 'node:crypto'

export type Credentials = {
  readonly accessKeyId: string
  readonly secretAccessKey: string
  readonly sessionToken?: string
}

export type SignedCall = {
  readonly method: string
  readonly url: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
}

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex')
const hmac = (key: string | Buffer, text: string): Buffer =>
  createHmac('sha256', key).update(text).digest()

/**
 * Signs a request ("Create a signed AWS API request", Signature Version 4) whose path is not encoded twice and
 * whose query, if any, is sorted and encoded already.
 *
 * @returns the headers to send
 */
export function signed(
  call: SignedCall,
  o: { credentials: Credentials; region: string; service: string; now: Date },
): Record<string, string> {
  const { host, pathname, search } = new URL(call.url)
  const time = o.now.toISOString().replaceAll(/[-:]|\.\d+/g, '')
  const day = time.slice(0, 8)
  const { accessKeyId, secretAccessKey, sessionToken } = o.credentials
  const headers: Record<string, string> = {
    ...call.headers,
    'x-amz-date': time,
    ...(sessionToken === undefined ? {} : { 'x-amz-security-token': sessionToken }),
  }
  const fields = Object.entries({ ...headers, host })
    .map(([name, value]) => [name.toLowerCase(), value.trim()] as const)
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
  const names = fields.map(([name]) => name).join(';')
  const canonical = [
    call.method,
    pathname.split('/').map(encodeURIComponent).join('/'),
    search.slice(1),
    ...fields.map(([name, value]) => `${name}:${value}`),
    '',
    names,
    sha256(call.body),
  ].join('\n')
  const scope = `${day}/${o.region}/${o.service}/aws4_request`
  const toSign = ['AWS4-HMAC-SHA256', time, scope, sha256(canonical)].join('\n')
  const key = [day, o.region, o.service, 'aws4_request'].reduce<string | Buffer>(
    (before, text) => hmac(before, text),
    `AWS4${secretAccessKey}`,
  )
  const signature = hmac(key, toSign).toString('hex')
  return {
    ...headers,
    authorization: `AWS4-HMAC-SHA256 Credential=${accessKeyId}/${scope}, SignedHeaders=${names}, Signature=${signature}`,
  }
}
