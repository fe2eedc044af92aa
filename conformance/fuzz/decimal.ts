/*
 * DynamoDB's numbers, done naively: every number is a whole multiple of 10^-168, held as a BigInt. Slow, and so
 * plain that it can be trusted to judge the engine's.
 */
const places = 168
const unit = 10n ** BigInt(places)
const tooLarge = 10n ** BigInt(places + 126)
const smallest = 10n ** BigInt(places - 130)

/** A number was written that DynamoDB refuses. */
export class NoNumber extends Error {}

/** @throws NoNumber */
export function readNumber(text: string): bigint {
  const match = /^([+-]?)(\d*)\.?(\d*)(?:[eE]([+-]?\d+))?$/.exec(text)
  const digits = (match?.[2] ?? '') + (match?.[3] ?? '')
  if (match === null || digits === '') throw new NoNumber(text)
  const power = Number(match[4] ?? 0) - (match[3] ?? '').length + places
  if (Math.abs(power) > 1000) throw new NoNumber(text)
  const whole = BigInt(digits)
  const scaled = power >= 0 ? whole * 10n ** BigInt(power) : whole / 10n ** BigInt(-power)
  return checked(match[1] === '-' ? -scaled : scaled)
}

/** @throws NoNumber when it is out of range, or has more than 38 digits */
export function checked(value: bigint): bigint {
  const size = value < 0n ? -value : value
  if (size === 0n) return 0n
  if (size >= tooLarge || size < smallest) throw new NoNumber()
  if (size.toString().replace(/0+$/, '').length > 38) throw new NoNumber()
  return value
}

/** Plain digits, as DynamoDB answers. */
export function writeNumber(value: bigint): string {
  const size = value < 0n ? -value : value
  const fraction = (size % unit).toString().padStart(places, '0').replace(/0+$/, '')
  const text = (size / unit).toString() + (fraction === '' ? '' : `.${fraction}`)
  return value < 0n ? `-${text}` : text
}
