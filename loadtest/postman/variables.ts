import { randomUUID } from 'node:crypto'

const RANDOM_INT_MAX = 1000

/** Postman's dynamic variables ("Use dynamic variables"), as far as they are known here. */
type MakeUp = (random: () => number, now: Date) => string
const dynamic: ReadonlyMap<string, MakeUp> = new Map<string, MakeUp>([
  ['$guid', () => randomUUID()],
  ['$randomUUID', () => randomUUID()],
  ['$timestamp', (_, now) => String(Math.floor(now.getTime() / 1000))],
  ['$isoTimestamp', (_, now) => now.toISOString()],
  ['$randomInt', (random) => String(Math.floor(random() * (RANDOM_INT_MAX + 1)))],
])

/** How deep variables may name variables. */
const DEPTH_MAX = 10

/**
 * Puts values in the place of `{{name}}`; a value may name others.
 *
 * @throws Error naming a variable that has no value
 */
export function fillIn(
  text: string,
  valueOf: (name: string) => string | undefined,
  random: () => number,
  now: Date,
): string {
  let filled = text
  for (let depth = 0; filled.includes('{{'); depth++) {
    const before = filled
    if (depth > DEPTH_MAX)
      throw new Error(`The variables in ${JSON.stringify(text)} name each other.`)
    filled = filled.replaceAll(/\{\{([^{}]+)\}\}/g, (_, name: string) => {
      const value = valueOf(name.trim()) ?? dynamic.get(name.trim())?.(random, now)
      if (value === undefined) {
        throw new Error(
          `The variable {{${name}}} has no value. Give it with --var ${name}=… or --data.`,
        )
      }
      return value
    })
    if (filled === before) break
  }
  return filled
}
