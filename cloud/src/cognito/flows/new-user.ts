import type { CognitoContext } from '../context.ts'
import { invalidParameter } from '../errors.ts'
import type { Pool } from '../pools/pool.ts'
import { withAttributes, type Attribute, type User, type UserStatus } from '../pools/user.ts'
import type { GivenAttribute } from '../pools/attributes.ts'
import { callIfSet, triggerAttributes } from './triggers.ts'

const looksLikeEmail = (name: string): boolean => /^[^@\s]+@[^@\s]+$/.test(name)
const looksLikePhone = (name: string): boolean => /^\+[1-9]\d{1,14}$/.test(name)

export type NewUser = {
  readonly username: string
  readonly attributes: readonly GivenAttribute[]
  readonly status: UserStatus
}

/**
 * A user that is about to exist. In a pool with username attributes the name given is the address, and the user
 * name is the sub ("Customizing sign-in attributes").
 *
 * @throws InvalidParameterException when the name has not the form that the pool asks for
 */
export function draftUser(ctx: CognitoContext, pool: Pool, given: NewUser): User {
  const nowMs = ctx.environment.clock.now()
  const sub = ctx.environment.ids.uuid()
  const address = addressOf(pool, given.username)
  const named = address === undefined ? given.attributes : [address, ...given.attributes]
  const attributes = withAttributes([], [...unprovenFlags(named), ...named])
  return {
    username: address === undefined ? given.username : sub,
    sub,
    attributes,
    status: given.status,
    enabled: true,
    createdMs: nowMs,
    modifiedMs: nowMs,
    groups: [],
    codes: {},
    mfa: { enabled: [] },
  }
}

/** An address is unproven until something proves it, and the user's attributes say so. */
const unprovenFlags = (attributes: readonly GivenAttribute[]): Attribute[] =>
  (['email', 'phone_number'] as const).flatMap((kind) =>
    attributes.some(({ Name, Value }) => Name === kind && Value)
      ? [{ Name: `${kind}_verified`, Value: 'false' }]
      : [],
  )

function addressOf(pool: Pool, username: string): Attribute | undefined {
  const { UsernameAttributes = [], AliasAttributes = [] } = pool.settings
  if (UsernameAttributes.length > 0) {
    const email = UsernameAttributes.includes('email')
    const phone = UsernameAttributes.includes('phone_number')
    if (email && looksLikeEmail(username)) return { Name: 'email', Value: username }
    if (phone && looksLikePhone(username)) return { Name: 'phone_number', Value: username }
    const wanted =
      email && phone ? 'either an email or a phone number' : email ? 'an email' : 'a phone number'
    throw invalidParameter(`Username should be ${wanted}.`)
  }
  if (AliasAttributes.includes('email') && looksLikeEmail(username)) {
    throw invalidParameter(
      'Username cannot be of email format, since user pool is configured for email alias.',
    )
  }
  if (AliasAttributes.includes('phone_number') && looksLikePhone(username)) {
    throw invalidParameter(
      'Username cannot be of phone number format, since user pool is configured for phone number alias.',
    )
  }
  return undefined
}

/** What the pool's function says of a new user ("Pre sign-up Lambda trigger"). */
export type PreSignUpVerdict = {
  readonly confirm: boolean
  readonly verified: readonly GivenAttribute[]
}

export async function preSignUp(
  ctx: CognitoContext,
  where: { readonly pool: Pool; readonly clientId: string },
  user: User,
  source: 'PreSignUp_SignUp' | 'PreSignUp_AdminCreateUser',
  data: {
    readonly validationData: readonly GivenAttribute[]
    readonly clientMetadata: Readonly<Record<string, string>>
  },
): Promise<PreSignUpVerdict> {
  const { sub: _, 'cognito:user_status': __, ...userAttributes } = triggerAttributes(user)
  const response = await callIfSet(ctx, where, 'PreSignUp', {
    userName: user.username,
    triggerSource: source,
    request: {
      userAttributes,
      validationData: Object.fromEntries(
        data.validationData.map(({ Name, Value = '' }) => [Name, Value]),
      ),
      clientMetadata: data.clientMetadata,
    },
    response: { autoConfirmUser: false, autoVerifyEmail: false, autoVerifyPhone: false },
  })
  const has = (name: string): boolean => user.attributes.some((each) => each.Name === name)
  const verified: GivenAttribute[] = []
  if (response?.['autoVerifyEmail'] === true && has('email')) {
    verified.push({ Name: 'email_verified', Value: 'true' })
  }
  if (response?.['autoVerifyPhone'] === true && has('phone_number')) {
    verified.push({ Name: 'phone_number_verified', Value: 'true' })
  }
  return { confirm: response?.['autoConfirmUser'] === true, verified }
}

export async function postConfirmation(
  ctx: CognitoContext,
  where: { readonly pool: Pool; readonly clientId: string },
  user: User,
  source: 'PostConfirmation_ConfirmSignUp' | 'PostConfirmation_ConfirmForgotPassword',
  clientMetadata: Readonly<Record<string, string>>,
): Promise<void> {
  await callIfSet(ctx, where, 'PostConfirmation', {
    userName: user.username,
    triggerSource: source,
    request: { userAttributes: triggerAttributes(user), clientMetadata },
    response: {},
  })
}
