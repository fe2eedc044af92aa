/** How many texts of one grammar are kept parsed. A program has few expressions, each used again and again. */
const rememberedMax = 512

/**
 * Makes a pure function of a text remember its results; the oldest goes when there are too many. What
 * throws is not kept.
 */
export function remembered<T>(parse: (text: string) => T): (text: string) => T {
  const results = new Map<string, T>()
  return (text) => {
    const known = results.get(text)
    if (known !== undefined) return known
    const result = parse(text)
    if (results.size >= rememberedMax) {
      const [oldest] = results.keys()
      if (oldest !== undefined) results.delete(oldest)
    }
    results.set(text, result)
    return result
  }
}
