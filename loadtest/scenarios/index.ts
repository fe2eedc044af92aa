import { mix } from '../scenario/mix.ts'
import type { Scenario } from '../scenario/scenario.ts'
import { cargo } from './cargo.ts'
import { directory } from './directory.ts'
import { identity } from './identity.ts'
import { manager } from './manager.ts'
import { tokens } from './tokens.ts'

const mixed = mix('mixed', 'All services at once, orders most of all.', [
  { scenario: cargo, weight: 50 },
  { scenario: tokens, weight: 20 },
  { scenario: directory, weight: 20 },
  { scenario: manager, weight: 10 },
])

/** The one list of shipped scenarios. */
export const shippedScenarios: ReadonlyMap<string, Scenario> = new Map(
  [tokens, cargo, directory, manager, identity, mixed].map((each) => [each.name, each]),
)
