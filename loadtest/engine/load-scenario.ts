import { pathToFileURL } from 'node:url'
import { postmanScenario } from '../postman/postman-scenario.ts'
import type { Scenario } from '../scenario/scenario.ts'
import { shippedScenarios } from '../scenarios/index.ts'
import type { ScenarioSource } from './plan.ts'

/** Loads a scenario; every worker does so by itself, for functions cannot be sent between threads. */
export async function loadScenario(source: ScenarioSource): Promise<Scenario> {
  if (source.kind === 'postman') return postmanScenario(source.file, source.variables)
  if (source.kind === 'module') return moduleScenario(source.file)
  const scenario = shippedScenarios.get(source.name)
  if (scenario === undefined) {
    throw new Error(
      `There is no scenario ${source.name}. There are: ${[...shippedScenarios.keys()].join(', ')}; or name a file.`,
    )
  }
  return scenario
}

/** @throws Error naming the steps there are, when it is none of them */
export async function requireStep(source: ScenarioSource, name: string): Promise<void> {
  const { name: scenario, steps } = await loadScenario(source)
  if (steps.some((step) => step.name === name)) return
  const names = steps.map((step) => step.name).join(', ')
  throw new Error(`Scenario ${scenario} has no step ${name}. It has: ${names}.`)
}

async function moduleScenario(file: string): Promise<Scenario> {
  const module = (await import(pathToFileURL(file).href)) as {
    default?: unknown
    scenario?: unknown
  }
  const scenario = module.default ?? module.scenario
  if (!isScenario(scenario)) {
    throw new Error(
      `${file} exports no scenario: export default { name, steps: [{ name, weight, run }] }.`,
    )
  }
  return scenario
}

function isScenario(value: unknown): value is Scenario {
  if (typeof value !== 'object' || value === null || !('steps' in value) || !('name' in value)) {
    return false
  }
  const { name, steps } = value
  return (
    typeof name === 'string' &&
    Array.isArray(steps) &&
    steps.every(
      (step: unknown) =>
        typeof step === 'object' &&
        step !== null &&
        'run' in step &&
        typeof step.run === 'function' &&
        'weight' in step &&
        typeof step.weight === 'number',
    )
  )
}
