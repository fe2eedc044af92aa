import { promisify } from 'node:util'
import { constants, crc32, gzip } from 'node:zlib'
import type { HttpRequest, HttpResponse } from '../kernel/index.ts'
import { gzipBytesMin } from './limits.ts'

const compress = promisify(gzip)

/** True for a client that takes gzip and an answer that is worth compressing. */
export function wantsGzip(request: HttpRequest, response: HttpResponse): boolean {
  const accepted = request.headers['accept-encoding']
  if (accepted === undefined || response.body.length < gzipBytesMin) return false
  if (!/\bgzip\b(?!\s*;\s*q=0(?:\.0*)?\s*(?:,|$))/i.test(accepted)) return false
  const type = response.headers['content-type']
  return typeof type === 'string' && /json|xml|text/.test(type)
}

/** The answer compressed. DynamoDB's checksum is one of the bytes that are sent. */
export async function gzipped(response: HttpResponse): Promise<HttpResponse> {
  if (response.headers['content-encoding'] !== undefined) return response
  // To a client on the same machine, time counts for more than size.
  const body = await compress(response.body, { level: constants.Z_BEST_SPEED })
  response.done?.()
  const checked = response.headers['x-amz-crc32'] !== undefined
  return {
    status: response.status,
    headers: {
      ...response.headers,
      'content-encoding': 'gzip',
      vary: 'accept-encoding',
      ...(checked ? { 'x-amz-crc32': `${crc32(body)}` } : {}),
    },
    body,
  }
}
