import type { CognitoContext } from '../context.ts'
import { invalidParameter } from '../errors.ts'
import { findUser } from '../pools/user-store.ts'
import { openRefreshToken } from '../tokens/refresh-token.ts'
import { requireFlow, unsupportedFlow } from './allowed-flows.ts'
import type { Attempt, AuthAnswer } from './attempt.ts'
import { afterFirstFactor } from './first-factor.ts'
import { checkPassword } from './password.ts'
import { refresh } from './refresh.ts'
import { requireSecretHash } from './secret-hash.ts'
import { preAuthentication } from './triggers.ts'

export type AuthParameters = Readonly<Record<string, string>>

/** A parameter that the flow needs. @throws InvalidParameterException */
export function required(parameters: AuthParameters, name: string): string {
  const value = Object.hasOwn(parameters, name) ? parameters[name] : undefined
  if (value === undefined || value === '') {
    throw invalidParameter(`Missing required parameter ${name}`)
  }
  return value
}

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
      return withRefreshToken(ctx, attempt, parameters)
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
  requireSecretHash(attempt.client, name, parameters['SECRET_HASH'])
  const known = findUser(ctx.store.reader, attempt.pool, name)
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
  requireSecretHash(attempt.client, [sub, user?.username ?? ''], parameters['SECRET_HASH'])
  return {
    ChallengeParameters: {},
    AuthenticationResult: await refresh(ctx, attempt, text),
  }
}
