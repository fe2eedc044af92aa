import type { CognitoContext } from '../context.ts'
import { findUser } from '../pools/user-store.ts'
import { openRefreshToken } from '../tokens/refresh-token.ts'
import { requireFlow, unsupportedFlow } from './allowed-flows.ts'
import type { Attempt, AuthAnswer } from './attempt.ts'
import { afterFirstFactor } from './first-factor.ts'
import { startChoice } from './choice-auth.ts'
import { startCustom } from './custom-auth.ts'
import { migrateUser } from './migration.ts'
import { given, required, type AuthParameters } from './parameters.ts'
import { checkPassword } from './password.ts'
import { startSrp } from './srp.ts'
import { refresh } from './refresh.ts'
import { requireSecretHash } from './secret-hash.ts'
import { preAuthentication } from './triggers.ts'

/** Begins a sign-in ("InitiateAuth", AuthFlow). */
export async function initiate(
  ctx: CognitoContext,
  attempt: Attempt,
  flow: string,
  parameters: AuthParameters,
): Promise<AuthAnswer> {
  switch (flow) {
    case 'USER_PASSWORD_AUTH':
      requireFlow(attempt.client, flow)
      return withPassword(ctx, attempt, parameters)
    case 'ADMIN_USER_PASSWORD_AUTH':
    case 'ADMIN_NO_SRP_AUTH':
      if (!attempt.admin) throw unsupportedFlow()
      requireFlow(attempt.client, 'ADMIN_USER_PASSWORD_AUTH')
      return withPassword(ctx, attempt, parameters)
    case 'REFRESH_TOKEN_AUTH':
    case 'REFRESH_TOKEN':
      requireFlow(attempt.client, 'REFRESH_TOKEN_AUTH')
      // "RefreshTokenRotationType": with rotation only GetTokensFromRefreshToken refreshes.
      if (attempt.client.RefreshTokenRotation?.Feature === 'ENABLED') throw unsupportedFlow()
      return withRefreshToken(ctx, attempt, parameters)
    case 'USER_SRP_AUTH':
      requireFlow(attempt.client, flow)
      return withSrp(ctx, attempt, parameters)
    case 'CUSTOM_AUTH':
      requireFlow(attempt.client, flow)
      requireHash(attempt, parameters)
      return startCustom(ctx, attempt, parameters)
    case 'USER_AUTH':
      requireFlow(attempt.client, flow)
      requireHash(attempt, parameters)
      return startChoice(ctx, attempt, parameters)
    default:
      throw unsupportedFlow()
  }
}

async function withPassword(
  ctx: CognitoContext,
  attempt: Attempt,
  parameters: AuthParameters,
): Promise<AuthAnswer> {
  const name = required(parameters, 'USERNAME')
  const password = required(parameters, 'PASSWORD')
  requireHash(attempt, parameters)
  const known =
    findUser(ctx.store.reader, attempt.pool, name) ??
    (await migrateUser(ctx, attempt, name, password))
  await preAuthentication(ctx, attempt, known, name)
  const user = await checkPassword(ctx, attempt, name, password)
  return afterFirstFactor(ctx, attempt, user)
}

async function withRefreshToken(
  ctx: CognitoContext,
  attempt: Attempt,
  parameters: AuthParameters,
): Promise<AuthAnswer> {
  const text = required(parameters, 'REFRESH_TOKEN')
  // "Computing secret hash values": with a refresh the hash is over the user name, or the sub.
  const sub = openRefreshToken(ctx.sealer, text)?.sub ?? ''
  const user = findUser(ctx.store.reader, attempt.pool, sub)
  requireSecretHash(attempt.client, [sub, user?.username ?? ''], given(parameters, 'SECRET_HASH'))
  return {
    ChallengeParameters: {},
    AuthenticationResult: await refresh(ctx, attempt, text),
  }
}

async function withSrp(
  ctx: CognitoContext,
  attempt: Attempt,
  parameters: AuthParameters,
): Promise<AuthAnswer> {
  const name = required(parameters, 'USERNAME')
  const srpA = required(parameters, 'SRP_A')
  requireHash(attempt, parameters)
  const user = findUser(ctx.store.reader, attempt.pool, name)
  await preAuthentication(ctx, attempt, user, name)
  return startSrp(ctx, attempt, user, name, srpA)
}

const requireHash = ({ client }: Attempt, parameters: AuthParameters): void =>
  requireSecretHash(client, required(parameters, 'USERNAME'), given(parameters, 'SECRET_HASH'))
