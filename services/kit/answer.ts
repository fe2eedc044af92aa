/** What a handler answers; `httpHandler` writes it in the gateway's form. */
export type Answer = {
  readonly status: number
  readonly headers?: Readonly<Record<string, string>>
  /** A JSON value; use `text` for anything else. */
  readonly body?: unknown
  readonly text?: string
}

/** `value` as JSON under `status`. */
export const json = (status: number, value: unknown): Answer => ({ status, body: value })

/** 200 with `value` as JSON. */
export const ok = (value: unknown): Answer => json(200, value)

/** 201 with `value` as JSON. */
export const created = (value: unknown): Answer => json(201, value)

/** 200 with plain text. */
export const text = (value: string): Answer => ({ status: 200, text: value })
