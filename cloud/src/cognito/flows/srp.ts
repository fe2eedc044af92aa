import type { CognitoContext } from '../context.ts'
import { invalidParameter, notAuthorized, userNotFound } from '../errors.ts'
import { minuteMs } from '../limits.ts'
import { pad } from '../passwords/srp-group.ts'
import { claimSignature, isRightClaim, publicValue, serverHalf } from '../passwords/srp-server.ts'
import type { User } from '../pools/user.ts'
import { findUser } from '../pools/user-store.ts'
import type { Attempt, AuthAnswer } from './attempt.ts'
import { clearFailures, recordFailure, requireUnlocked } from './lockout.ts'
import { required, type AuthParameters } from './parameters.ts'
import { pretendedUserId, pretendedVerifier } from './pretended-user.ts'
import { useSession } from './session.ts'
import { srpIdentity } from './set-password.ts'

/**
 * What SECRET_BLOCK holds: the key that the client has to prove it knows, sealed. The whole exchange is computed
 * when it begins, so that the server keeps nothing.
 */
type SecretBlock = {
  readonly id: string
  readonly clientId: string
  readonly userId: string
  readonly sub: string
  readonly key: string
  readonly untilMs: number
}

/**
 * Begins an SRP exchange ("USER_SRP_AUTH"). A user that does not exist gets an exchange too, with a salt that is
 * always the same for the same name, where the client hides who exists.
 */
export function startSrp(
  ctx: CognitoContext,
  attempt: Attempt,
  user: User | undefined,
  name: string,
  srpA: string,
): AuthAnswer {
  const { pool, client } = attempt
  const A = publicValue(srpA)
  if (A === undefined) throw invalidParameter('SRP_A has an illegal value.')
  if (user === undefined && client.PreventUserExistenceErrors !== 'ENABLED') throw userNotFound()
  const userId = user?.username ?? pretendedUserId(ctx, pool, name)
  const stored =
    user?.password === undefined
      ? undefined
      : ctx.passwords.verifierOf(srpIdentity(pool, userId), user.password)
  const known = stored ?? pretendedVerifier(ctx, pool, name)
  const { B, key } = serverHalf(A, known, (count) => ctx.environment.ids.bytes(count))
  const block: SecretBlock = {
    id: ctx.environment.ids.uuid(),
    clientId: client.ClientId,
    userId,
    sub: stored === undefined ? '' : (user?.sub ?? ''),
    key: key.toString('base64'),
    untilMs: ctx.environment.clock.now() + client.AuthSessionValidity * minuteMs,
  }
  const sealed = ctx.sealer.seal('srp exchange', JSON.stringify(block))
  return {
    ChallengeName: 'PASSWORD_VERIFIER',
    ChallengeParameters: {
      SALT: pad(known.salt).toString('hex'),
      SECRET_BLOCK: Buffer.from(sealed, 'base64url').toString('base64'),
      SRP_B: pad(B).toString('hex'),
      USERNAME: userId,
      USER_ID_FOR_SRP: userId,
    },
  }
}

/** Checks the client's proof. Each exchange is good for one try. @throws NotAuthorizedException */
export async function finishSrp(
  ctx: CognitoContext,
  attempt: Attempt,
  responses: AuthParameters,
): Promise<User> {
  const { pool } = attempt
  const name = required(responses, 'USERNAME')
  const given = required(responses, 'PASSWORD_CLAIM_SECRET_BLOCK')
  const signature = required(responses, 'PASSWORD_CLAIM_SIGNATURE')
  const timestamp = required(responses, 'TIMESTAMP')
  const block = openBlock(ctx, attempt, given)
  requireUnlocked(ctx, pool, block.userId)
  await useSession(ctx, block)
  const expected = claimSignature(
    Buffer.from(block.key, 'base64'),
    srpIdentity(pool, block.userId),
    Buffer.from(given, 'base64'),
    timestamp,
  )
  const user = findUser(ctx.store.reader, pool, name)
  const right = isRightClaim(expected, signature)
  if (!right || user === undefined || block.sub === '' || user.sub !== block.sub) {
    await recordFailure(ctx, pool, block.userId)
    throw notAuthorized()
  }
  if (!user.enabled) throw notAuthorized('User is disabled.')
  await clearFailures(ctx, pool, block.userId)
  return user
}

function openBlock(ctx: CognitoContext, { client }: Attempt, given: string): SecretBlock {
  const sealed = Buffer.from(given, 'base64').toString('base64url')
  const plain = ctx.sealer.open('srp exchange', sealed)
  if (plain === undefined) throw notAuthorized()
  const block = JSON.parse(plain.toString('utf8')) as SecretBlock // sealed by startSrp, above
  if (block.clientId !== client.ClientId) throw notAuthorized()
  if (block.untilMs <= ctx.environment.clock.now()) {
    throw notAuthorized('Invalid session for the user, session is expired.')
  }
  return block
}
