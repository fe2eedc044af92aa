/** One thing wrong with a request: where (`repartidor.Nombre`) and what (`is required`). */
export type Issue = { readonly path: string; readonly message: string }

/** An error that is the caller's to read: `message` becomes the answer's `error` sentence. */
export class HttpProblem extends Error {
  readonly status: number
  readonly issues: readonly Issue[]
  readonly headers: Readonly<Record<string, string>>

  constructor(
    status: number,
    message: string,
    more: {
      issues?: readonly Issue[]
      headers?: Readonly<Record<string, string>>
      cause?: unknown
    } = {},
  ) {
    super(message, more.cause === undefined ? {} : { cause: more.cause })
    this.name = 'HttpProblem'
    this.status = status
    this.issues = more.issues ?? []
    this.headers = more.headers ?? {}
  }
}

export const badRequest = (message: string, issues: readonly Issue[] = []): HttpProblem =>
  new HttpProblem(400, message, { issues })

export const forbidden = (message: string): HttpProblem => new HttpProblem(403, message)

export const notFound = (message: string): HttpProblem => new HttpProblem(404, message)

export const conflict = (message: string): HttpProblem => new HttpProblem(409, message)

/**
 * An HTTP API has no routes that end in a slash; a greedy `{proxy+}` takes them in. It takes in everything below,
 * too, which this answers as not found.
 */
export function requireNoSubpath(path: Readonly<Record<string, string | undefined>>): void {
  if ((path['proxy'] ?? '') !== '') throw notFound('Not found')
}
