import type { CognitoContext } from '../context.ts'
import { groupOf } from '../pools/group-store.ts'
import type { Group, Pool } from '../pools/pool.ts'
import type { User } from '../pools/user.ts'
import { issueTokens, type Issue, type IssuedTokens } from '../tokens/issue.ts'
import { beginSignIn } from '../tokens/sign-in.ts'
import type { Attempt, AuthAnswer } from './attempt.ts'
import { postAuthentication, tokenChanges, type TokenOccasion } from './triggers.ts'

/** Every challenge is answered: begins a sign-in and gives its tokens, or hands the user to who asked for that. */
export async function completeSignIn(
  ctx: CognitoContext,
  attempt: Attempt,
  user: User,
  occasion: TokenOccasion = 'TokenGeneration_Authentication',
): Promise<AuthAnswer> {
  await postAuthentication(ctx, attempt, user)
  if (attempt.signedIn !== undefined) {
    attempt.signedIn(user)
    return { ChallengeParameters: {} }
  }
  const signIn = beginSignIn(ctx.environment, user.signedOutMs)
  const tokens = await makeTokens(ctx, attempt, user, occasion, { signIn, refresh: 'new' })
  return { ChallengeParameters: {}, AuthenticationResult: tokens }
}

/** Tokens for a sign-in, after the pool's token-generation trigger had its say. */
export async function makeTokens(
  ctx: CognitoContext,
  attempt: Attempt,
  user: User,
  occasion: TokenOccasion,
  issue: Pick<Issue, 'signIn' | 'refresh' | 'scope' | 'oauth'>,
): Promise<IssuedTokens> {
  const groups = groupsOfUser(ctx, attempt.pool, user)
  const changes = await tokenChanges(ctx, attempt, user, groups, occasion, issue.scope)
  const { pool, client } = attempt
  return issueTokens(ctx, { ...issue, pool, client, user, groups, changes })
}

export const groupsOfUser = (ctx: CognitoContext, pool: Pool, user: User): Group[] =>
  user.groups.flatMap((name) => groupOf(ctx.store.reader, pool.id, name) ?? [])
