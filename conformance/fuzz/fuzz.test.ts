import { expect, it } from 'vitest'
import { fuzzSeed } from './fuzz.ts'

const commandsPerSeed = 500

it.each([1, 2, 3, 4, 5, 6])('the engine does what the model does (seed %i)', async (seed) => {
  expect(await fuzzSeed(seed, commandsPerSeed)).toBeUndefined()
})
