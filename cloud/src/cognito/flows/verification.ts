import { changeUser } from '../change-user.ts'
import { requirePool, type CognitoContext } from '../context.ts'
import { signUpCodeMs } from '../limits.ts'
import type { Client, Pool } from '../pools/pool.ts'
import { userKey } from '../pools/user-index.ts'
import { attributeOf, isVerified, type User } from '../pools/user.ts'
import { countSending, randomCode, withCode, type CodePurpose } from './codes.ts'
import { deliver, maskedDestination, type CodeDeliveryDetails, type Occasion } from './deliver.ts'

type Address = { readonly attribute: 'email' | 'phone_number'; readonly destination: string }

/** Where a sign-up's code goes: a phone first, where the pool verifies both ("ConfirmSignUp"). */
export function addressToVerify(pool: Pool, user: User): Address | undefined {
  const { AutoVerifiedAttributes = [] } = pool.settings
  return firstAddress(user, (kind) => AutoVerifiedAttributes.includes(kind))
}

function firstAddress(
  user: User,
  wanted: (kind: Address['attribute']) => boolean,
): Address | undefined {
  for (const attribute of ['phone_number', 'email'] as const) {
    const destination = attributeOf(user, attribute)
    if (destination !== undefined && wanted(attribute)) return { attribute, destination }
  }
  return undefined
}

/** Where a forgotten password's code goes: the pool's recovery mechanisms in order of priority. */
export function addressToRecover(pool: Pool, user: User): Address | undefined {
  const mechanisms = [...pool.settings.AccountRecoverySetting.RecoveryMechanisms].sort(
    (a, b) => a.Priority - b.Priority,
  )
  for (const { Name } of mechanisms) {
    const attribute = Name === 'verified_email' ? 'email' : 'phone_number'
    if (Name === 'admin_only' || !isVerified(user, attribute)) continue
    const destination = attributeOf(user, attribute)
    if (destination !== undefined) return { attribute, destination }
  }
  return undefined
}

export type CodeRequest = Address & {
  readonly pool: Pool
  readonly clientId: string
  readonly user: User
  readonly purpose: CodePurpose
  readonly occasion: Occasion
  readonly clientMetadata: Readonly<Record<string, string>>
  readonly validMs?: number
}

/** Makes a code for a purpose, remembers it with the user, and sends it. */
export async function sendCode(
  ctx: CognitoContext,
  request: CodeRequest,
): Promise<CodeDeliveryDetails> {
  const { pool, purpose, destination } = request
  await countSending(ctx, pool, request.user)
  const code = randomCode(ctx)
  const validMs = request.validMs ?? signUpCodeMs
  const user = await changeUser(ctx, pool, request.user.username, (before) => ({
    codes: withCode(ctx, before, purpose, code, { destination, validMs }),
  }))
  return deliver(ctx, { ...request, user, code })
}

/**
 * Where a message seems to go that is not sent: to the user's own address, which another message may have gone to. For
 * a name that nobody has it is always the same for the same name, and for a name that is an address that address.
 */
export function pretendedDelivery(
  ctx: CognitoContext,
  client: Client,
  name: string,
  user?: User,
): CodeDeliveryDetails {
  const pool = requirePool(ctx, client.UserPoolId)
  const own = user && (addressToRecover(pool, user) ?? firstAddress(user, () => true))
  if (own !== undefined) {
    const { attribute, destination } = own
    return {
      AttributeName: attribute,
      DeliveryMedium: attribute === 'email' ? 'EMAIL' : 'SMS',
      Destination: maskedDestination(attribute, destination),
    }
  }
  const key = userKey(pool, name)
  const mac = ctx.sealer.mac('pretended address', `${client.UserPoolId}/${key}`)
  const letter = (at: number): string => String.fromCharCode(97 + ((mac[at] ?? 0) % 26))
  const address = /^[^@\s]+@[^@\s]+$/.test(name) ? name : `${letter(0)}@${letter(1)}`
  return {
    AttributeName: 'email',
    DeliveryMedium: 'EMAIL',
    Destination: maskedDestination('email', address),
  }
}

/** Marks an address as proven, if it is still the user's. */
export function verifiedFlag(
  user: User,
  attribute: 'email' | 'phone_number',
  destination: string,
): { Name: string; Value: string }[] {
  if (attributeOf(user, attribute) !== destination) return []
  return [{ Name: `${attribute}_verified`, Value: 'true' }]
}
