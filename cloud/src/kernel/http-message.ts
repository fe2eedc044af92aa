/**
 * A request as `wire` hands it on, whatever brought it: a socket, a function's own transport or an SDK in this
 * process. Header names are in lower case; repeated headers are joined by a comma.
 */
export type HttpRequest = {
  readonly method: string
  /** Path and query string as sent, undecoded, for example `/a%20b?c=d`. */
  readonly target: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: Buffer
  /** The peer's address; `127.0.0.1` for callers inside this process. */
  readonly remoteAddress: string
}

export type HttpResponse = {
  readonly status: number
  /** An array sends the header several times (`set-cookie`). */
  readonly headers: Readonly<Record<string, string | readonly string[]>>
  readonly body: Buffer | string
  /** To be called by who needs the body no more: its memory is then used for others. It need not be called. */
  readonly done?: (() => void) | undefined
}

/** Answers a request. Never rejects for the caller's fault; a rejection is a bug and becomes a neutral 500. */
export type HttpHandler = (request: HttpRequest) => HttpResponse | Promise<HttpResponse>
