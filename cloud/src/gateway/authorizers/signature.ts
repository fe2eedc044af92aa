import { createHash, createHmac, timingSafeEqual } from 'node:crypto'
import type { HttpRequest } from '../../kernel/index.ts'
import { splitTarget } from '../call.ts'
import { presignedSecondsMax, signatureSkewMsMax } from '../limits.ts'
import type { FindCredential } from '../ports.ts'
import { canonicalRequest } from './canonical-request.ts'
import { readSignature, type Signature } from './read-signature.ts'

export type Signed =
  | { readonly accessKeyId: string }
  /** AWS's code and sentence. */
  | { readonly problem: string; readonly message: string }

type Expected = {
  readonly nowMs: number
  readonly region: string
  /** The service's name in credential scopes. */
  readonly service: string
  readonly find: FindCredential
}

/**
 * Verifies a request's Signature Version 4, in its `Authorization` header or its query string, over method, path,
 * query, signed headers and body (IAM, "AWS Signature Version 4 for API requests"). `host` and every `x-amz-` header
 * must be signed.
 */
export function verifySignature(request: HttpRequest, expected: Expected): Signed {
  const { query } = splitTarget(request.target)
  const given = readSignature(request.headers, query)
  if ('problem' in given) return given
  const { scope, signedHeaders } = given
  if (scope.region !== expected.region) return wrongScope('a valid region')
  if (scope.service !== expected.service) {
    return wrongScope(`correct service: '${expected.service}'`)
  }
  const unsigned = mustBeSigned(request.headers).filter((name) => !signedHeaders.includes(name))
  if (unsigned.length > 0) {
    return mismatch(`'${unsigned.join("', '")}' must be a 'SignedHeader' in the AWS Authorization.`)
  }
  const late = timeProblem(given, expected.nowMs)
  if (late !== undefined) return mismatch(late)
  const credential = expected.find(given.accessKeyId)
  if (credential === undefined || !equal(credential.sessionToken ?? '', given.sessionToken)) {
    return {
      problem: 'UnrecognizedClientException',
      message: 'The security token included in the request is invalid.',
    }
  }
  const right = signatureOf(request, given, credential.secretAccessKey)
  return equal(right, given.signature) ? { accessKeyId: given.accessKeyId } : mismatch(wrong)
}

const wrong =
  'The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key and signing method. Consult the service documentation for details.'

const mismatch = (message: string): Signed => ({ problem: 'InvalidSignatureException', message })

const wrongScope = (what: string): Signed =>
  mismatch(`Credential should be scoped to ${what}. `.trim())

const mustBeSigned = (headers: HttpRequest['headers']): string[] => [
  'host',
  ...Object.keys(headers).filter((name) => name.startsWith('x-amz-')),
]

/** Header signatures are good for five minutes before and after; presigned requests for as long as they say. */
function timeProblem({ timeMs, timeText, expiresSeconds }: Signature, nowMs: number) {
  if (timeMs > nowMs + signatureSkewMsMax) {
    return `Signature not yet current: ${timeText} is still later than ${amzTime(nowMs)} (${amzTime(nowMs)} + 5 min.)`
  }
  const untilMs =
    expiresSeconds === undefined
      ? timeMs + signatureSkewMsMax
      : timeMs + Math.min(expiresSeconds, presignedSecondsMax) * 1000
  return nowMs > untilMs
    ? `Signature expired: ${timeText} is now earlier than ${amzTime(nowMs - (untilMs - timeMs))} (${amzTime(nowMs)} - ${Math.round((untilMs - timeMs) / 60_000)} min.)`
    : undefined
}

const amzTime = (ms: number): string => new Date(ms).toISOString().replaceAll(/[-:]|\.\d{3}/g, '')

function signatureOf(request: HttpRequest, given: Signature, secret: string): string {
  const { date, region, service } = given.scope
  const hash = createHash('sha256').update(canonicalRequest(request, given)).digest('hex')
  const scope = `${date}/${region}/${service}/aws4_request`
  const key = [date, region, service, 'aws4_request'].reduce<Buffer>(
    (key, part) => createHmac('sha256', key).update(part).digest(),
    Buffer.from(`AWS4${secret}`),
  )
  return createHmac('sha256', key)
    .update(`AWS4-HMAC-SHA256\n${given.timeText}\n${scope}\n${hash}`)
    .digest('hex')
}

/** Takes the same time wherever two texts differ. */
function equal(one: string, other: string): boolean {
  const digest = (text: string): Buffer => createHash('sha256').update(text).digest()
  return timingSafeEqual(digest(one), digest(other))
}
