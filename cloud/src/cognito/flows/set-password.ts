import { AwsError } from '../../kernel/index.ts'
import type { CognitoContext } from '../context.ts'
import { invalidPassword } from '../errors.ts'
import type { Pool } from '../pools/pool.ts'
import type { StoredPassword, User } from '../pools/user.ts'
import { policyProblem } from '../passwords/policy.ts'
import type { SrpIdentity } from '../passwords/verifier.ts'
import { allowsFlow } from './allowed-flows.ts'

/** Whom a user's password is bound to. */
export const srpIdentity = (pool: Pool, username: string): SrpIdentity => ({
  poolSuffix: pool.id.slice(pool.id.indexOf('_') + 1),
  userId: username,
})

/** argon2id where the pool has clients and none of them uses SRP; otherwise a verifier, which serves both. */
export function passwordKind(ctx: CognitoContext, pool: Pool): StoredPassword['kind'] {
  const clients = [...ctx.pools.clientsOf(ctx.store.reader, pool.id)]
  const srp = clients.some(
    (client) => allowsFlow(client, 'USER_SRP_AUTH') || allowsFlow(client, 'USER_AUTH'),
  )
  return clients.length === 0 || srp ? 'srp' : 'argon2'
}

/** @throws InvalidPasswordException with the first rule that the password breaks */
export function requirePolicy(pool: Pool, password: string): void {
  const problem = policyProblem(pool.settings.Policies.PasswordPolicy, password)
  if (problem !== undefined) throw invalidPassword(problem)
}

/** What is stored for a new password of this name. */
export const makePassword = (
  ctx: CognitoContext,
  pool: Pool,
  username: string,
  password: string,
): Promise<StoredPassword> =>
  ctx.passwords.make(srpIdentity(pool, username), password, passwordKind(ctx, pool))

/** The user with a new password, the one before remembered as far as the pool's policy asks. */
export function withPassword(
  pool: Pool,
  user: User,
  password: StoredPassword,
): Pick<User, 'password' | 'formerPasswords'> {
  const kept = pool.settings.Policies.PasswordPolicy.PasswordHistorySize ?? 0
  const former = [
    ...(user.password === undefined ? [] : [user.password]),
    ...(user.formerPasswords ?? []),
  ]
  return { password, formerPasswords: former.slice(0, kept) }
}

/** @throws PasswordHistoryPolicyViolationException */
export async function requireNotFormer(
  ctx: CognitoContext,
  pool: Pool,
  user: User,
  password: string,
): Promise<void> {
  const kept = pool.settings.Policies.PasswordPolicy.PasswordHistorySize ?? 0
  if (kept === 0) return
  const known = [user.password, ...(user.formerPasswords ?? [])].slice(0, kept)
  for (const each of known) {
    if (each === undefined) continue
    if (await ctx.passwords.matches(srpIdentity(pool, user.username), password, each)) {
      throw usedBefore()
    }
  }
}

const usedBefore = () =>
  new AwsError(
    'PasswordHistoryPolicyViolationException',
    'Password has previously been used and cannot be used again.',
  )
