import type { Scenario, Step } from './scenario.ts'

/**
 * One scenario of several. Each gets its share of the iterations, whatever the weights of its steps add up to; its
 * steps and requests are named after it.
 */
export function mix(
  name: string,
  description: string,
  parts: readonly { readonly scenario: Scenario; readonly weight: number }[],
): Scenario {
  const steps = parts.flatMap(({ scenario, weight }) => {
    const sum = scenario.steps.reduce((all, step) => all + step.weight, 0)
    return scenario.steps.map((step) => stepOfMix(scenario, step, (step.weight / sum) * weight))
  })
  return {
    name,
    description,
    async setUp(target) {
      const shared = new Map<string, unknown>()
      for (const { scenario } of parts) shared.set(scenario.name, await scenario.setUp?.(target))
      return shared
    },
    async tearDown(target, shared) {
      for (const { scenario } of parts)
        await scenario.tearDown?.(target, sharedOf(shared, scenario))
    },
    steps,
  }
}

function stepOfMix(scenario: Scenario, step: Step<unknown>, weight: number): Step<unknown> {
  const thinkTime = step.thinkTime ?? scenario.thinkTime
  return {
    name: `${scenario.name}: ${step.name}`,
    weight,
    ...(thinkTime === undefined ? {} : { thinkTime }),
    run: (user, shared) =>
      step.run(
        {
          ...user,
          // `user` has getters, whose values are those of this very iteration.
          check: (name, holds) => user.check(`${scenario.name}: ${name}`, holds),
          send: (name, ...rest) => user.send(`${scenario.name}: ${name}`, ...rest),
        },
        sharedOf(shared, scenario),
      ),
  }
}

const sharedOf = (shared: unknown, scenario: Scenario): unknown =>
  shared instanceof Map ? shared.get(scenario.name) : undefined
