import { hash as argonHash, verify as argonVerify } from '@node-rs/argon2'
import type { Ids } from '../../kernel/index.ts'
import type { StoredPassword } from '../pools/user.ts'
import type { Sealer } from '../sealing.ts'
import { createVerifier, matchesVerifier, type SrpIdentity, type Verifier } from './verifier.ts'

/** OWASP, "Password Storage Cheat Sheet": Argon2id with 19 MiB of memory, two passes, one lane. */
const argonMemoryKiB = 19 * 1024
const argonPasses = 2
const saltBytes = 16

/** Where a password belongs: it is sealed to that place, so that it is worth nothing anywhere else. */
const place = (identity: SrpIdentity): string => `${identity.poolSuffix}/${identity.userId}`

export type Passwords = ReturnType<typeof createPasswords>

/**
 * Makes and checks what is stored instead of a password. An SRP verifier serves both SRP and plain sign-in,
 * but a guess against it is cheap (0.7 ms): where no client of the pool uses SRP, argon2id is stored instead.
 */
export function createPasswords(sealer: Sealer, ids: Ids) {
  const decoy = decoyVerifier(ids)

  function verifierOf(identity: SrpIdentity, stored: StoredPassword): Verifier | undefined {
    if (stored.kind !== 'srp') return undefined
    const plain = sealer.open('password', stored.sealed, place(identity))
    if (plain === undefined) return undefined
    const [salt = '0', verifier = '0'] = plain.toString('latin1').split(':')
    return { salt: BigInt(`0x${salt}`), verifier: BigInt(`0x${verifier}`) }
  }

  return {
    verifierOf,

    async make(
      identity: SrpIdentity,
      password: string,
      kind: StoredPassword['kind'],
    ): Promise<StoredPassword> {
      if (kind === 'argon2') {
        // The library's default algorithm is argon2id.
        const text = await argonHash(password, {
          memoryCost: argonMemoryKiB,
          timeCost: argonPasses,
          parallelism: 1,
          salt: ids.bytes(saltBytes),
        })
        return { kind, sealed: sealer.seal('password', text, place(identity)) }
      }
      const made = createVerifier(identity, password, ids.bytes(saltBytes))
      const text = `${made.salt.toString(16)}:${made.verifier.toString(16)}`
      return { kind, sealed: sealer.seal('password', text, place(identity)) }
    },

    async matches(
      identity: SrpIdentity,
      password: string,
      stored: StoredPassword,
    ): Promise<boolean> {
      if (stored.kind === 'argon2') {
        const text = sealer.open('password', stored.sealed, place(identity))
        return text !== undefined && argonVerify(text.toString('utf8'), password)
      }
      const verifier = verifierOf(identity, stored)
      return verifier !== undefined && matchesVerifier(identity, password, verifier)
    },

    /** Takes as long as checking a password: for users that do not exist. Always false. */
    async pretend(
      identity: SrpIdentity,
      password: string,
      kind: StoredPassword['kind'],
    ): Promise<false> {
      if (kind === 'argon2') await this.make(identity, password, kind)
      else matchesVerifier(identity, password, decoy)
      return false
    },
  }
}

const decoyVerifier = (ids: Ids): Verifier =>
  createVerifier({ poolSuffix: '', userId: '' }, ids.uuid(), ids.bytes(saltBytes))
