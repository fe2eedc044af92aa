import { badRequest, shortText, validate } from '@cloudlet/kit'
import type { Issue } from '@cloudlet/kit'
import * as z from 'zod/mini'

export const USER_ID_CHARACTERS_MAX = 128
export const NAME_CHARACTERS_MAX = 256

export type User = { readonly userId: string; readonly name: string }

/** Any JSON: {@link readUser} says itself what is missing. */
export const UserBody = z.unknown()

const UserSchema = z.object({
  userId: shortText(USER_ID_CHARACTERS_MAX),
  name: shortText(NAME_CHARACTERS_MAX),
})

const isAbsent = (value: unknown): boolean => value === undefined || value === null || value === ''

/** The user that a body describes; a 400 where it does not. */
export function readUser(body: unknown): User {
  const fields =
    typeof body === 'object' && body !== null ? new Map(Object.entries(body)) : undefined
  const issues: Issue[] = ['userId', 'name']
    .filter((path) => isAbsent(fields?.get(path)))
    .map((path) => ({ path, message: 'is required' }))
  if (issues.length > 0) {
    throw badRequest('Please provide both "userId" and "name"', issues)
  }
  return validate(UserSchema, body)
}
