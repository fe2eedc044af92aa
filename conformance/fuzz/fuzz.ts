import { generate } from './generate.ts'
import { seededRandom } from './random.ts'
import { compare } from './run.ts'
import { shrink } from './shrink.ts'

/** Runs the commands of one seed. Answers with a report when the engine and the model differ. */
export async function fuzzSeed(seed: number, commandsPerSeed: number): Promise<string | undefined> {
  const { schema, commands } = generate(seededRandom(seed), commandsPerSeed)
  const difference = await compare(schema, commands)
  if (difference === undefined) return undefined
  const failure = await shrink(schema, commands, difference)
  return [
    `Seed ${seed}: the engine and the model differ (${failure.difference.what}).`,
    `  engine: ${failure.difference.engine}`,
    `  model:  ${failure.difference.model}`,
    `  table:  ${JSON.stringify(schema)}`,
    ...failure.commands.map((command) => `  ${JSON.stringify(command)}`),
    `Again: npm run fuzz -- --seed ${seed}`,
  ].join('\n')
}
