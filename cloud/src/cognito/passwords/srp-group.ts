import { createDiffieHellman, createHash, getDiffieHellman } from 'node:crypto'

/**
 * The arithmetic of Cognito's SRP: N is RFC 3526's group 15 (3072 bits), g = 2, H is SHA-256. Powers are taken
 * by OpenSSL through node:crypto's Diffie-Hellman (0.6 ms; with BigInt they take ten times as long).
 */
const prime = getDiffieHellman('modp15').getPrime()
export const N = BigInt(`0x${prime.toString('hex')}`)
export const g = 2n
const group = createDiffieHellman(prime, 2)

export const sha256 = (...parts: (string | Buffer)[]): Buffer => {
  const hash = createHash('sha256')
  for (const part of parts) hash.update(part)
  return hash.digest()
}

/** Minimal bytes of a number, with a zero byte in front where the top bit is set, as Amplify's clients write it. */
export function pad(value: bigint): Buffer {
  let hex = value.toString(16)
  if (hex.length % 2 === 1) hex = `0${hex}`
  if (Number.parseInt(hex.slice(0, 2), 16) >= 0x80) hex = `00${hex}`
  return Buffer.from(hex, 'hex')
}

export const toNumber = (bytes: Buffer): bigint =>
  bytes.length === 0 ? 0n : BigInt(`0x${bytes.toString('hex')}`)

const bytesOf = (value: bigint): Buffer => {
  const hex = value.toString(16)
  return Buffer.from(hex.length % 2 === 1 ? `0${hex}` : hex, 'hex')
}

/** base^exponent mod N, for 1 < base < N − 1 and exponent > 0. */
export function power(base: bigint, exponent: bigint): bigint {
  group.setPrivateKey(bytesOf(exponent))
  return toNumber(group.computeSecret(bytesOf(base)))
}

/** g^exponent mod N, for exponent > 0. */
export function powerOfG(exponent: bigint): bigint {
  group.setPrivateKey(bytesOf(exponent))
  return toNumber(group.generateKeys())
}

/** k = H(pad N ‖ pad g). */
export const k = toNumber(sha256(pad(N), pad(g)))
