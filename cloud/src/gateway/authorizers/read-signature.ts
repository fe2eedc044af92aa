import type { HttpRequest } from '../../kernel/index.ts'

/** What a signed request says of its signature. */
export type Signature = {
  readonly accessKeyId: string
  readonly scope: { readonly date: string; readonly region: string; readonly service: string }
  /** In lower case, in the order given. */
  readonly signedHeaders: readonly string[]
  readonly signature: string
  /** `20261121T100000Z`. */
  readonly timeText: string
  readonly timeMs: number
  /** Empty for lasting credentials. */
  readonly sessionToken: string
  /** Presigned requests only. */
  readonly expiresSeconds: number | undefined
}

export type SignatureProblem = { readonly problem: string; readonly message: string }

const ALGORITHM = 'AWS4-HMAC-SHA256'

/** Reads the signature of a request: from the `Authorization` header, else from `X-Amz-…` query parameters. */
export function readSignature(
  headers: HttpRequest['headers'],
  query: string,
): Signature | SignatureProblem {
  const authorization = headers['authorization']
  if (authorization !== undefined) return fromHeader(authorization, headers)
  const parameters = new URLSearchParams(query)
  return parameters.has('X-Amz-Algorithm') ? fromQuery(parameters) : missing
}

const missing: SignatureProblem = {
  problem: 'MissingAuthenticationTokenException',
  message: 'Missing Authentication Token',
}

const incomplete = (message: string): SignatureProblem => ({
  problem: 'IncompleteSignatureException',
  message,
})

function fromHeader(
  authorization: string,
  headers: HttpRequest['headers'],
): Signature | SignatureProblem {
  if (!authorization.startsWith(`${ALGORITHM} `)) return missing
  const parts = new Map(
    authorization
      .slice(ALGORITHM.length)
      .split(',')
      .map((part): [string, string] => {
        const [name = '', ...value] = part.trim().split('=')
        return [name, value.join('=')]
      }),
  )
  for (const name of ['Credential', 'Signature', 'SignedHeaders']) {
    if ((parts.get(name) ?? '') === '') {
      return incomplete(`Authorization header requires '${name}' parameter.`)
    }
  }
  return signature({
    credential: parts.get('Credential') ?? '',
    signedHeaders: parts.get('SignedHeaders') ?? '',
    signature: parts.get('Signature') ?? '',
    timeText: headers['x-amz-date'] ?? '',
    sessionToken: headers['x-amz-security-token'] ?? '',
    expiresSeconds: undefined,
  })
}

function fromQuery(parameters: URLSearchParams): Signature | SignatureProblem {
  const value = (name: string): string => parameters.get(name) ?? ''
  if (value('X-Amz-Algorithm') !== ALGORITHM) return incomplete('X-Amz-Algorithm is not supported.')
  const expires = value('X-Amz-Expires')
  if (!/^\d{1,6}$/.test(expires)) return incomplete('X-Amz-Expires is not valid.')
  return signature({
    credential: value('X-Amz-Credential'),
    signedHeaders: value('X-Amz-SignedHeaders'),
    signature: value('X-Amz-Signature'),
    timeText: value('X-Amz-Date'),
    sessionToken: value('X-Amz-Security-Token'),
    expiresSeconds: Number(expires),
  })
}

function signature(o: {
  readonly credential: string
  readonly signedHeaders: string
  readonly signature: string
  readonly timeText: string
  readonly sessionToken: string
  readonly expiresSeconds: number | undefined
}): Signature | SignatureProblem {
  const { timeText, sessionToken, expiresSeconds } = o
  const [accessKeyId = '', date = '', region = '', service = '', end, ...more] =
    o.credential.split('/')
  if (end !== 'aws4_request' || more.length > 0) {
    return incomplete(
      `Credential must have exactly 5 slash-delimited elements, e.g. keyid/date/region/service/term, got '${o.credential}'`,
    )
  }
  const timeMs = Date.parse(
    timeText.replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/, '$1-$2-$3T$4:$5:$6Z'),
  )
  if (!/^\d{8}T\d{6}Z$/.test(timeText) || Number.isNaN(timeMs)) {
    return incomplete("Date must be in ISO-8601 'basic format', in the header 'x-amz-date'.")
  }
  if (date !== timeText.slice(0, 8)) {
    return {
      problem: 'InvalidSignatureException',
      message: `Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date from HTTP: '${date}' != '${timeText.slice(0, 8)}', from '${timeText}'.`,
    }
  }
  return {
    accessKeyId,
    scope: { date, region, service },
    signedHeaders: o.signedHeaders.toLowerCase().split(';'),
    signature: o.signature,
    timeText,
    timeMs,
    sessionToken,
    expiresSeconds,
  }
}
