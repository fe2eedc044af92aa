/** Query parameters in the order in which they first came, decoded. */
export function queryLists(query: string): Map<string, string[]> | undefined {
  if (query === '') return undefined
  const lists = new Map<string, string[]>()
  for (const [name, value] of new URLSearchParams(query)) {
    const list = lists.get(name)
    if (list === undefined) lists.set(name, [value])
    else list.push(value)
  }
  return lists.size === 0 ? undefined : lists
}

/** Built by entries, so that a parameter may be called `__proto__`. */
export const objectOf = <V>(
  lists: ReadonlyMap<string, string[]>,
  value: (values: string[]) => V,
): Record<string, V> =>
  Object.fromEntries([...lists].map(([name, values]) => [name, value(values)]))
