import { AwsError } from '../../kernel/index.ts'
import type { CognitoContext } from '../context.ts'
import { byPrecedence } from '../pools/group-store.ts'
import type { Group, LambdaConfig, Pool } from '../pools/pool.ts'
import { shownAttributes, type User } from '../pools/user.ts'
import { apiScope, noChanges, type ClaimChanges } from '../tokens/claims.ts'
import type { Attempt } from './attempt.ts'

export type TokenOccasion =
  | 'TokenGeneration_Authentication'
  | 'TokenGeneration_NewPasswordChallenge'
  | 'TokenGeneration_RefreshTokens'
  | 'TokenGeneration_HostedAuth'
  | 'TokenGeneration_AuthenticateDevice'

type Json = Readonly<Record<string, unknown>>

/** For whom a trigger runs. */
export type TriggerCall = {
  readonly pool: Pool
  readonly clientId: string
  readonly userName: string
  /** The trigger's name in error sentences, for example `PreSignUp`. */
  readonly trigger: string
  readonly functionArn: string
  readonly triggerSource: string
  readonly version?: string
  readonly request: Json
  readonly response: Json
}

/**
 * Calls a pool's function ("Customizing user pool workflows with Lambda triggers") and returns its `response`.
 *
 * @throws UserLambdaValidationException with the function's own message, UnexpectedLambdaException,
 *   InvalidLambdaResponseException
 */
export async function callTrigger(ctx: CognitoContext, call: TriggerCall): Promise<Json> {
  const event = {
    version: call.version ?? '1',
    region: ctx.environment.region,
    userPoolId: call.pool.id,
    userName: call.userName,
    callerContext: { awsSdkVersion: 'aws-sdk-unknown-unknown', clientId: call.clientId },
    triggerSource: call.triggerSource,
    request: call.request,
    response: call.response,
  }
  const answer = await ctx
    .invoke(call.functionArn, JSON.stringify(event))
    .catch((cause: unknown) => {
      const reason = cause instanceof Error ? cause.message : 'unknown'
      throw new AwsError(
        'UnexpectedLambdaException',
        `${call.trigger} invocation failed due to error ${reason}.`,
        { cause },
      )
    })
  const payload = parsed(answer.payload)
  if (answer.functionError !== undefined) {
    const told = payload?.['errorMessage']
    const sentence = typeof told === 'string' ? told.replace(/\.$/, '') : 'unknown'
    throw new AwsError(
      'UserLambdaValidationException',
      `${call.trigger} failed with error ${sentence}.`,
    )
  }
  const response = payload?.['response']
  if (!isObject(response)) {
    throw new AwsError('InvalidLambdaResponseException', 'Unrecognizable lambda output')
  }
  return response
}

const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

function parsed(text: string): Json | undefined {
  try {
    const value: unknown = JSON.parse(text)
    return isObject(value) ? value : undefined
  } catch {
    return undefined
  }
}

/** A user's attributes as triggers receive them, with the status beside. */
export const triggerAttributes = (user: User): Record<string, string> =>
  Object.fromEntries([
    ...shownAttributes(user).map(({ Name, Value }) => [Name, Value] as const),
    ['cognito:user_status', user.status] as const,
  ])

type PlainTrigger = Exclude<
  keyof LambdaConfig,
  'PreTokenGenerationConfig' | 'CustomEmailSender' | 'CustomSMSSender' | 'KMSKeyID'
>

/** Calls a trigger if the pool has it; undefined if not. */
export async function callIfSet(
  ctx: CognitoContext,
  where: { readonly pool: Pool; readonly clientId: string },
  trigger: PlainTrigger,
  call: Pick<TriggerCall, 'userName' | 'triggerSource' | 'request' | 'response'>,
): Promise<Json | undefined> {
  const functionArn = where.pool.settings.LambdaConfig[trigger]
  if (functionArn === undefined) return undefined
  return callTrigger(ctx, { ...call, ...where, trigger, functionArn })
}

/** Before the first factor is checked: the function refuses a sign-in by throwing. */
export async function preAuthentication(
  ctx: CognitoContext,
  { pool, client, clientMetadata }: Attempt,
  user: User | undefined,
  name: string,
): Promise<void> {
  if (user === undefined && client.PreventUserExistenceErrors !== 'ENABLED') return
  await callIfSet(ctx, { pool, clientId: client.ClientId }, 'PreAuthentication', {
    userName: user?.username ?? name,
    triggerSource: 'PreAuthentication_Authentication',
    request: {
      userAttributes: user === undefined ? {} : triggerAttributes(user),
      validationData: clientMetadata,
      ...(user === undefined ? { userNotFound: true } : {}),
    },
    response: {},
  })
}

export async function postAuthentication(
  ctx: CognitoContext,
  { pool, client, clientMetadata }: Attempt,
  user: User,
): Promise<void> {
  await callIfSet(ctx, { pool, clientId: client.ClientId }, 'PostAuthentication', {
    userName: user.username,
    triggerSource: 'PostAuthentication_Authentication',
    request: {
      userAttributes: triggerAttributes(user),
      newDeviceUsed: false,
      clientMetadata,
    },
    response: {},
  })
}

/** What the token-generation trigger wants changed, V1 or V2 ("Pre token generation Lambda trigger"). */
export async function tokenChanges(
  ctx: CognitoContext,
  attempt: Attempt,
  user: User,
  groups: readonly Group[],
  occasion: TokenOccasion,
  scope = apiScope,
): Promise<ClaimChanges> {
  const { LambdaConfig: config } = attempt.pool.settings
  const functionArn = config.PreTokenGenerationConfig?.LambdaArn ?? config.PreTokenGeneration
  if (functionArn === undefined) return noChanges
  const version = config.PreTokenGenerationConfig?.LambdaVersion ?? 'V1_0'
  const ordered = [...groups].sort(byPrecedence)
  const roles = ordered.flatMap(({ roleArn }) => roleArn ?? [])
  const response = await callTrigger(ctx, {
    pool: attempt.pool,
    clientId: attempt.client.ClientId,
    userName: user.username,
    trigger: 'PreTokenGeneration',
    functionArn,
    triggerSource: occasion,
    version: version === 'V1_0' ? '1' : version.charAt(1),
    request: {
      userAttributes: triggerAttributes(user),
      groupConfiguration: {
        groupsToOverride: ordered.map(({ name }) => name),
        iamRolesToOverride: roles,
        preferredRole: roles[0] ?? null,
      },
      ...(version === 'V1_0' ? {} : { scopes: scope.split(' ') }),
      clientMetadata: attempt.clientMetadata,
    },
    response:
      version === 'V1_0'
        ? { claimsOverrideDetails: null }
        : { claimsAndScopeOverrideDetails: null },
  })
  return version === 'V1_0' ? changesV1(response) : changesV2(response)
}

function changesV1(response: Json): ClaimChanges {
  const details = objectIn(response, 'claimsOverrideDetails')
  return {
    ...noChanges,
    id: {
      // V1 values are text; everything else is left out, as Cognito does.
      add: Object.fromEntries(
        Object.entries(settable(objectIn(details, 'claimsToAddOrOverride'))).map(
          ([name, value]) => [name, String(value)],
        ),
      ),
      suppress: textsIn(details, 'claimsToSuppress'),
    },
    ...groupChanges(objectIn(details, 'groupOverrideDetails')),
  }
}

function changesV2(response: Json): ClaimChanges {
  const details = objectIn(response, 'claimsAndScopeOverrideDetails')
  const id = objectIn(details, 'idTokenGeneration')
  const access = objectIn(details, 'accessTokenGeneration')
  return {
    id: {
      add: settable(objectIn(id, 'claimsToAddOrOverride')),
      suppress: textsIn(id, 'claimsToSuppress'),
    },
    access: {
      add: settable(objectIn(access, 'claimsToAddOrOverride')),
      suppress: textsIn(access, 'claimsToSuppress'),
      scopesToAdd: textsIn(access, 'scopesToAdd'),
      scopesToSuppress: textsIn(access, 'scopesToSuppress'),
    },
    ...groupChanges(objectIn(details, 'groupOverrideDetails')),
  }
}

/** Claims that no trigger can change: what a token is, for whom and until when. */
const fixedClaims = new Set([
  'acr',
  'amr',
  'at_hash',
  'auth_time',
  'azp',
  'exp',
  'iat',
  'iss',
  'jti',
  'nbf',
  'nonce',
  'origin_jti',
  'sub',
  'token_use',
  'cognito:username',
  'client_id',
  'event_id',
  'username',
])
const settable = (claims: Json): Json =>
  Object.fromEntries(Object.entries(claims).filter(([name]) => !fixedClaims.has(name)))

function groupChanges(details: Json): Partial<ClaimChanges> {
  const { preferredRole } = details
  return {
    ...('groupsToOverride' in details ? { groups: textsIn(details, 'groupsToOverride') } : {}),
    ...('iamRolesToOverride' in details ? { roles: textsIn(details, 'iamRolesToOverride') } : {}),
    ...(typeof preferredRole === 'string' ? { preferredRole } : {}),
  }
}

function objectIn(object: Json, name: string): Json {
  const value = object[name]
  return isObject(value) ? value : {}
}

function textsIn(object: Json, name: string): string[] {
  const value = object[name]
  return Array.isArray(value) ? value.filter((each) => typeof each === 'string') : []
}
