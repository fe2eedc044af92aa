import { headerNamesMax } from './limits.ts'

/** Headers of the connection, which no integration sees. */
const dropped = new Set([
  'connection',
  'expect',
  'keep-alive',
  'proxy-authenticate',
  'proxy-connection',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
])

const spellings = new Map<string, string>()

/** `x-api-key` → `X-Api-Key`. */
export function titleCase(name: string): string {
  let spelling = spellings.get(name)
  if (spelling === undefined) {
    spelling = name.replaceAll(
      /(^|-)([a-z])/g,
      (_, dash: string, letter: string) => dash + letter.toUpperCase(),
    )
    if (spellings.size >= headerNamesMax) spellings.clear()
    spellings.set(name, spelling)
  }
  return spelling
}

export type ForwardedFrom = {
  readonly headers: Readonly<Record<string, string>>
  readonly remoteAddress: string
}

/**
 * The request's headers as an integration sees them: those of the connection left out, `X-Forwarded-*` and a
 * trace header added.
 */
export function forwardedHeaders(
  { headers, remoteAddress }: ForwardedFrom,
  traceId: string,
): Record<string, string> {
  const forwarded: Record<string, string> = {}
  for (const name in headers) {
    const value = headers[name]
    if (value !== undefined && !dropped.has(name)) forwarded[name] = value
  }
  const host = headers['host'] ?? ''
  const before = headers['x-forwarded-for']
  forwarded['x-amzn-trace-id'] = headers['x-amzn-trace-id'] ?? traceId
  forwarded['x-forwarded-for'] =
    before === undefined ? remoteAddress : `${before}, ${remoteAddress}`
  forwarded['x-forwarded-port'] ??= /:(\d+)$/.exec(host)?.[1] ?? '80'
  forwarded['x-forwarded-proto'] ??= 'http'
  return forwarded
}

/** Request line and header values together, for API Gateway's limit. */
export function headerBytes(target: string, headers: Readonly<Record<string, string>>): number {
  let bytes = target.length
  for (const name in headers) bytes += headers[name]?.length ?? 0
  return bytes
}
