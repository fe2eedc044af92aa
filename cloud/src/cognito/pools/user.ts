import type { MfaKind } from './pool.ts'

export type Attribute = { readonly Name: string; readonly Value: string }

export type UserStatus =
  | 'UNCONFIRMED'
  | 'CONFIRMED'
  | 'FORCE_CHANGE_PASSWORD'
  | 'RESET_REQUIRED'
  | 'EXTERNAL_PROVIDER'

/** What a password is checked against; never the password. Both forms are sealed in the store. */
export type StoredPassword =
  | { readonly kind: 'srp'; readonly sealed: string }
  | { readonly kind: 'argon2'; readonly sealed: string }

/** A code that was sent to a user: its HMAC, when it ends, and how often a wrong one was tried. */
export type PendingCode = {
  readonly mac: string
  readonly untilMs: number
  readonly failures: number
  /** The address that it proves. */
  readonly destination: string
}

export type User = {
  readonly username: string
  /** `sub`: the id that never changes and is never given again. */
  readonly sub: string
  /** In the order they were given, without `sub`. */
  readonly attributes: readonly Attribute[]
  readonly status: UserStatus
  readonly enabled: boolean
  readonly createdMs: number
  readonly modifiedMs: number
  readonly password?: StoredPassword
  /** Former passwords, newest first, where the pool's policy forbids using them again. */
  readonly formerPasswords?: readonly StoredPassword[]
  /** A password that an administrator gave is good for signing in until then. */
  readonly temporaryUntilMs?: number
  readonly groups: readonly string[]
  readonly codes: Readonly<Record<string, PendingCode>>
  /** Tokens of sign-ins that began at or before this moment are void. */
  readonly signedOutMs?: number
  readonly totp?: {
    readonly sealed: string
    readonly verified: boolean
    readonly lastStep?: number
  }
  /** A secret for an authenticator app that waits for its first code, sealed. */
  readonly totpAwaiting?: string | undefined
  readonly mfa: { readonly enabled: readonly MfaKind[]; readonly preferred?: MfaKind }
  /** New addresses that wait for their verification before they replace the old one. */
  readonly awaiting?: readonly Attribute[]
}

/** An attribute's value; `sub` included. */
export function attributeOf(user: User, name: string): string | undefined {
  if (name === 'sub') return user.sub
  return user.attributes.find((each) => each.Name === name)?.Value
}

/** What ListUsers compares its filter with. */
export function searchedValue(user: User, name: string): string | undefined {
  if (name === 'username') return user.username
  if (name === 'cognito:user_status') return user.status
  if (name === 'status') return user.enabled ? 'Enabled' : 'Disabled'
  return attributeOf(user, name)
}

/** The attributes with `changes` applied; an empty value removes, as AWS does. */
export function withAttributes(
  attributes: readonly Attribute[],
  changes: readonly { readonly Name: string; readonly Value?: string | undefined }[],
): readonly Attribute[] {
  const merged = new Map(attributes.map((each) => [each.Name, each.Value]))
  for (const { Name, Value } of changes) {
    if (Value === undefined || Value === '') merged.delete(Name)
    else merged.set(Name, Value)
  }
  return [...merged].map(([Name, Value]) => ({ Name, Value }))
}

export const isVerified = (user: User, kind: 'email' | 'phone_number'): boolean =>
  attributeOf(user, `${kind}_verified`) === 'true'

/** The attributes as the API lists them: `sub` first or last makes no difference to AWS; here first. */
export const shownAttributes = (user: User): Attribute[] => [
  { Name: 'sub', Value: user.sub },
  ...user.attributes,
]

/** The user as ListUsers and AdminCreateUser show it. */
export const shownUser = (user: User) => ({
  Username: user.username,
  Attributes: shownAttributes(user),
  UserCreateDate: user.createdMs / 1000,
  UserLastModifiedDate: user.modifiedMs / 1000,
  Enabled: user.enabled,
  UserStatus: user.status,
})
