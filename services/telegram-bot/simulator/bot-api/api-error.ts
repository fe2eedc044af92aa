/** An answer of the Bot API that says no ("Making requests"). */
export class ApiError extends Error {
  override readonly name = 'ApiError'
  readonly code: number
  readonly parameters: ApiErrorParameters | undefined

  constructor(code: number, description: string, parameters?: ApiErrorParameters) {
    super(description)
    this.code = code
    this.parameters = parameters
  }
}

export type ApiErrorParameters = {
  readonly retry_after?: number
  readonly migrate_to_chat_id?: number
}

export const badRequest = (description: string): ApiError =>
  new ApiError(400, `Bad Request: ${description}`)

export const forbidden = (description: string): ApiError =>
  new ApiError(403, `Forbidden: ${description}`)

export const conflict = (description: string): ApiError =>
  new ApiError(409, `Conflict: ${description}`)

export const tooMany = (seconds: number): ApiError =>
  new ApiError(429, `Too Many Requests: retry after ${seconds}`, { retry_after: seconds })
