import { InvalidArgumentError } from 'commander'

/** A TCP port; 0 lets the system choose. */
export function port(text: string): number {
  const value = Number(text)
  if (!Number.isInteger(value) || value < 0 || value > 65_535) {
    throw new InvalidArgumentError('a port is a whole number from 0 to 65535.')
  }
  return value
}

/** A whole number of at least 1. */
export function count(text: string): number {
  const value = Number(text)
  if (!Number.isInteger(value) || value < 1) {
    throw new InvalidArgumentError('a whole number of at least 1 is wanted.')
  }
  return value
}

/** Gathers an option that may be given several times. */
export const several = (text: string, before: readonly string[] | undefined): readonly string[] => [
  ...(before ?? []),
  text,
]
