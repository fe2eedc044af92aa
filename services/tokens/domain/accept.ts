/**
 * True when `accept` prefers plain text to JSON: it names text/plain (or text/*) and gives JSON no higher
 * weight. Any type at all (no header, or the wildcard alone) means JSON.
 */
export function prefersText(accept: string | undefined): boolean {
  let plain = 0
  let json = 0
  for (const range of (accept ?? '').toLowerCase().split(',')) {
    const [type = '', ...parameters] = range.split(';').map((part) => part.trim())
    const weight = weightOf(parameters)
    if (type === 'text/plain' || type === 'text/*') plain = Math.max(plain, weight)
    if (type === 'application/json' || type === 'application/*') json = Math.max(json, weight)
  }
  return plain > 0 && plain >= json
}

function weightOf(parameters: readonly string[]): number {
  const quality = parameters.find((parameter) => parameter.startsWith('q='))
  const weight = quality === undefined ? 1 : Number(quality.slice(2))
  return Number.isNaN(weight) ? 0 : weight
}
