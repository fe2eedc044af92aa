import { InvalidArgumentError } from 'commander'
import { CliError } from './cli-error.ts'

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

/** An address to call. */
export function httpAddress(text: string): string {
  if (URL.canParse(text) && /^https?:$/.test(new URL(text).protocol)) return text
  throw new InvalidArgumentError('an address begins with http:// or https://.')
}

/** Gathers an option that may be given several times. */
export const several = (text: string, before: readonly string[] | undefined): readonly string[] => [
  ...(before ?? []),
  text,
]

/**
 * Stack parameters by their names, from `Name=Value`.
 *
 * @throws CliError without the text, which may hold a secret
 */
export function stackParameters(given: readonly string[]): Readonly<Record<string, string>> {
  const pairs = given.map((text) => {
    const match = /^((?:[A-Za-z][A-Za-z0-9-]*:)?[A-Za-z0-9]+)=(.*)$/s.exec(text)
    if (match === null) {
      throw new CliError('--parameter is given as Name=Value, or as Stack:Name=Value.', 2)
    }
    return [match[1] ?? '', match[2] ?? ''] as const
  })
  return Object.fromEntries(pairs)
}
