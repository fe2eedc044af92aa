/**
 * The platform's own fetch in the form in which grammY calls it. grammY's default, node-fetch, knows an abort signal by
 * the name of its class, and so refuses its own once a bundler has renamed that class.
 */
export const platformFetch: typeof fetch = async (address, init = {}) => {
  if (!isCallable(address)) throw new TypeError('The address of the Bot API cannot be called')
  const { method, headers, body, signal } = init
  const gone = new AbortController()
  // grammY's signal is of another class than the platform's.
  if (signal?.aborted === true) gone.abort()
  const abort = (): void => gone.abort()
  signal?.addEventListener('abort', abort)
  try {
    return await fetch(address, {
      ...(method === undefined ? {} : { method }),
      headers: withoutConnection(headers),
      ...(body === undefined || body === null ? {} : { body: await whole(body) }),
      signal: gone.signal,
    })
  } finally {
    signal?.removeEventListener('abort', abort)
  }
}

/** What fetch refuses by errors that quote the address, in which the bot's token stands. */
function isCallable(address: Parameters<typeof fetch>[0]): boolean {
  if (address instanceof Request) return true
  if (!URL.canParse(String(address))) return false
  const { username, password } = new URL(String(address))
  return username === '' && password === ''
}

/** Connections are the platform's own matter. */
function withoutConnection(headers: RequestInit['headers']): Headers {
  const kept = new Headers(headers)
  kept.delete('connection')
  return kept
}

/** An upload as one piece: a QR code is small, and so is sent with its length. */
async function whole(
  body: NonNullable<RequestInit['body']>,
): Promise<string | Uint8Array<ArrayBuffer>> {
  if (typeof body === 'string') return body
  const chunks: Uint8Array[] = []
  // A cast: grammY gives text or a stream.
  for await (const chunk of body as AsyncIterable<Uint8Array>) chunks.push(chunk)
  return new Uint8Array(Buffer.concat(chunks))
}
