import { forbidden } from '@cloudlet/kit'

const ADMINS = 'admins'

/**
 * The groups of a token's claims. An HTTP API writes a list as `[a b]`; group names hold no spaces.
 *
 * @param claims as the gateway hands them over, verified
 */
function groupsOf(claims: Readonly<Record<string, unknown>>): readonly string[] {
  const groups = claims['cognito:groups']
  if (Array.isArray(groups)) return groups.filter((group) => typeof group === 'string')
  if (typeof groups !== 'string') return []
  return /^\[.*\]$/s.test(groups) ? groups.slice(1, -1).split(' ') : [groups]
}

/** Throws a 403 unless the token's user is in the group `admins`. */
export function requireAdmin(claims: Readonly<Record<string, unknown>>): void {
  if (!groupsOf(claims).includes(ADMINS)) {
    throw forbidden('Only members of the group admins may do this')
  }
}
