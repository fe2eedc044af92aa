import type { Command, Schema } from './commands.ts'
import { compare, type Difference } from './run.ts'

export type Failure = {
  readonly commands: readonly Command[]
  readonly difference: Difference
}

/** The fewest commands that still differ: halves, quarters … down to single commands are left out in turn. */
export async function shrink(
  schema: Schema,
  commands: readonly Command[],
  difference: Difference,
): Promise<Failure> {
  let best: Failure = {
    commands: difference.at === 'end' ? commands : commands.slice(0, difference.at + 1),
    difference,
  }
  for (let size = Math.ceil(best.commands.length / 2); size >= 1; size = Math.floor(size / 2)) {
    for (let from = 0; from < best.commands.length;) {
      const rest = best.commands.filter((_, at) => at < from || at >= from + size)
      const found = await compare(schema, rest)
      if (found === undefined) from += size
      else best = { commands: rest, difference: found }
    }
  }
  return best
}
