/** The token of an `Authorization` header that the gateway's authorizer has let through, with or without `Bearer`. */
export const bearerToken = (authorization: string | undefined): string =>
  (authorization ?? '').replace(/^Bearer\s+/i, '').trim()
