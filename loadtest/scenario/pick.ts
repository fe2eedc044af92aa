/** Chooses at random, in proportion to the weights. */
export function picker<T extends { readonly weight: number }>(
  choices: readonly T[],
): (random: () => number) => T {
  const total = choices.reduce((sum, each) => sum + each.weight, 0)
  const [first, ...others] = choices.filter((each) => each.weight > 0)
  if (first === undefined) throw new Error('A scenario needs a step with a weight above 0.')
  return (random) => {
    let rest = random() * total - first.weight
    let chosen = first
    for (const other of others) {
      if (rest < 0) break
      chosen = other
      rest -= other.weight
    }
    return chosen
  }
}
