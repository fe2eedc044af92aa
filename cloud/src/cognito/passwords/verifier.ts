import { timingSafeEqual } from 'node:crypto'
import { pad, powerOfG, sha256, toNumber } from './srp-group.ts'

/** What SRP keeps instead of a password: x = H(pad salt ‖ H(pool suffix + user id + ":" + password)), v = g^x. */
export type Verifier = { readonly salt: bigint; readonly verifier: bigint }

/** Whom a verifier is for: the part of the pool id after `_`, and the id that SRP binds (the user name). */
export type SrpIdentity = { readonly poolSuffix: string; readonly userId: string }

export function createVerifier(identity: SrpIdentity, password: string, salt: Buffer): Verifier {
  const saltNumber = toNumber(salt)
  return { salt: saltNumber, verifier: verifierOf(identity, password, saltNumber) }
}

/** Whether a password is the one of the verifier; compared in constant time. */
export function matchesVerifier(identity: SrpIdentity, password: string, known: Verifier): boolean {
  const computed = sha256(pad(verifierOf(identity, password, known.salt)))
  return timingSafeEqual(computed, sha256(pad(known.verifier)))
}

function verifierOf(identity: SrpIdentity, password: string, salt: bigint): bigint {
  const inner = sha256(`${identity.poolSuffix}${identity.userId}:${password}`)
  return powerOfG(toNumber(sha256(pad(salt), inner)))
}
