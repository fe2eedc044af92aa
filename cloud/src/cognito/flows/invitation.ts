import { randomAlphanumeric } from '../../kernel/index.ts'
import type { CognitoContext } from '../context.ts'
import type { Pool } from '../pools/pool.ts'
import { attributeOf, type User } from '../pools/user.ts'
import { deliver } from './deliver.ts'

const generatedLengthMin = 12
const symbols = '!@#$%^&*()-_=+'

/** A random password with one letter of every kind that a policy can ask for. */
export function temporaryPassword(ctx: CognitoContext, pool: Pool): string {
  const { ids } = ctx.environment
  const pick = (alphabet: string): string =>
    alphabet.charAt(ids.bytes(4).readUInt32BE(0) % alphabet.length)
  const length = Math.max(generatedLengthMin, pool.settings.Policies.PasswordPolicy.MinimumLength)
  const kinds = [
    pick('ABCDEFGHJKLMNPQRSTUVWXYZ'),
    pick('abcdefghijkmnopqrstuvwxyz'),
    pick('23456789'),
    pick(symbols),
  ]
  return `${randomAlphanumeric(ids, length - kinds.length)}${kinds.join('')}`
}

/** Sends an invitation by each medium asked for that the user has an address for; e-mail where none was named. */
export async function sendInvitation(
  ctx: CognitoContext,
  invitation: {
    readonly pool: Pool
    readonly user: User
    readonly password: string
    readonly DesiredDeliveryMediums?: readonly ('SMS' | 'EMAIL')[] | undefined
    readonly ClientMetadata?: Readonly<Record<string, string>> | undefined
  },
): Promise<void> {
  const { pool, user, password } = invitation
  const mediums = invitation.DesiredDeliveryMediums ?? ['SMS', 'EMAIL']
  for (const medium of mediums) {
    const attribute = medium === 'EMAIL' ? 'email' : 'phone_number'
    const destination = attributeOf(user, attribute)
    if (destination === undefined) continue
    await deliver(ctx, {
      pool,
      user,
      attribute,
      destination,
      clientId: 'CLIENT_ID_NOT_APPLICABLE',
      occasion: 'AdminCreateUser',
      code: password,
      clientMetadata: invitation.ClientMetadata ?? {},
    })
    if (invitation.DesiredDeliveryMediums === undefined) return
  }
}
