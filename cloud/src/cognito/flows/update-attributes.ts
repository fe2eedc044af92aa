import type { CognitoContext } from '../context.ts'
import type { GivenAttribute } from '../pools/attributes.ts'
import type { Pool } from '../pools/pool.ts'
import { attributeOf, isVerified, withAttributes, type User } from '../pools/user.ts'
import type { CodeDeliveryDetails } from './deliver.ts'
import { sendCode } from './verification.ts'

const addressKinds = ['email', 'phone_number'] as const

/**
 * The user with changed attributes. A new address is unproven, unless the change says otherwise; where the pool
 * keeps the old one until the new one is verified, the new one waits ("UserAttributeUpdateSettings").
 */
export function changedAttributes(
  pool: Pool,
  user: User,
  changes: readonly GivenAttribute[],
): Pick<User, 'attributes' | 'awaiting' | 'codes'> {
  const keeps = pool.settings.UserAttributeUpdateSettings.AttributesRequireVerificationBeforeUpdate
  const applied: GivenAttribute[] = []
  const awaiting = [...(user.awaiting ?? [])]
  for (const change of changes) {
    const kind = addressKinds.find((each) => each === change.Name)
    if (kind === undefined || attributeOf(user, kind) === change.Value) {
      applied.push(change)
      continue
    }
    const flag = `${kind}_verified`
    const flagged = changes.some((each) => each.Name === flag && each.Value === 'true')
    if (keeps.includes(kind) && !flagged && change.Value) {
      awaiting.push({ Name: kind, Value: change.Value })
      continue
    }
    applied.push(change, { Name: flag, Value: change.Value ? 'false' : '' })
  }
  // Flags come last: `email` then `email_verified` in one call proves the new address.
  const flags = changes.filter(({ Name }) => Name.endsWith('_verified'))
  // A code that was sent to the address before must not prove, or bring back, anything now.
  const changed = new Set(changes.map(({ Name }) => Name))
  const codes = Object.fromEntries(
    Object.entries(user.codes).filter(([purpose]) => !changed.has(purpose)),
  )
  return { attributes: withAttributes(user.attributes, [...applied, ...flags]), awaiting, codes }
}

/** Sends a code to each address that changed and is unproven, where the pool verifies that kind. */
export async function sendAttributeCodes(
  ctx: CognitoContext,
  change: {
    readonly pool: Pool
    readonly user: User
    readonly clientId: string
    readonly changed: readonly GivenAttribute[]
    readonly clientMetadata: Readonly<Record<string, string>>
  },
): Promise<CodeDeliveryDetails[]> {
  const { pool, user } = change
  const sent: CodeDeliveryDetails[] = []
  for (const attribute of addressKinds) {
    if (!change.changed.some(({ Name, Value }) => Name === attribute && Value)) continue
    if (pool.settings.AutoVerifiedAttributes?.includes(attribute) !== true) continue
    const waiting = user.awaiting?.findLast(({ Name }) => Name === attribute)?.Value
    const destination = waiting ?? attributeOf(user, attribute)
    if (destination === undefined || (waiting === undefined && isVerified(user, attribute))) {
      continue
    }
    sent.push(
      await sendCode(ctx, {
        ...change,
        attribute,
        destination,
        purpose: attribute,
        occasion: 'UpdateUserAttribute',
      }),
    )
  }
  return sent
}
