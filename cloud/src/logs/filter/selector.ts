/** The values found at a place of a document: none when it is not there, several with a wildcard. */
export type Selector = (document: unknown) => readonly unknown[]

const step = /\.?\[(?:(\d+)|(\*)|'([^']*)'|"([^"]*)")\]|\.([^.[]+)/gy

/** Reads `$.name`, `$.list[0].name`, `$.list[*]`, `$.*` and `$.['a.b']`; the text was checked before. */
export function readSelector(text: string): Selector {
  const steps: (string | number | typeof everything)[] = []
  for (const match of text.slice(1).matchAll(step)) {
    const [, index, star, single, double, name] = match
    if (index !== undefined) steps.push(Number(index))
    else
      steps.push(star !== undefined || name === '*' ? everything : (single ?? double ?? name ?? ''))
  }
  return (document) => {
    let found: unknown[] = [document]
    for (const each of steps) found = found.flatMap((value) => into(value, each))
    return found
  }
}

const everything = Symbol('*')

function into(value: unknown, key: string | number | typeof everything): unknown[] {
  if (typeof value !== 'object' || value === null) return []
  if (key === everything) return Object.values(value)
  if (typeof key === 'number') return Array.isArray(value) && key < value.length ? [value[key]] : []
  const members = value as Record<string, unknown> // an object that JSON.parse made
  return Object.hasOwn(members, key) ? [members[key]] : []
}
