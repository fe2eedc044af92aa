import { tokenNotFound } from './token.ts'

const UUID_V4 = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/

/** The token of the path. What cannot be a token is not found, without asking the table. */
export function tokenParameter(path: Readonly<Record<string, string | undefined>>): string {
  const token = path['token'] ?? ''
  if (!UUID_V4.test(token)) throw tokenNotFound()
  return token
}
