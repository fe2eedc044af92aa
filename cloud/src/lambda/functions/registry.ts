import { AwsError, type Environment } from '../../kernel/index.ts'
import type { FunctionPool } from '../environments/function-pool.ts'
import type { FunctionDefinition } from './definition.ts'
import { functionNotFound, parseFunctionName } from './name.ts'

/** Runtimes whose functions run here, all on the Node that runs the cloud. */
const RUNTIMES = new Set(['nodejs18.x', 'nodejs20.x', 'nodejs22.x', 'nodejs24.x'])

export type DeployedFunction = {
  readonly definition: FunctionDefinition
  readonly pool: FunctionPool
}

/** The functions that are deployed, by name. */
export class FunctionRegistry {
  readonly #functions = new Map<string, DeployedFunction>()
  /** Pools of replaced and removed functions that still answer what they have. */
  readonly #leaving = new Set<FunctionPool>()
  readonly #environment: Environment
  readonly #createPool: (definition: FunctionDefinition) => FunctionPool

  constructor(
    environment: Environment,
    createPool: (definition: FunctionDefinition) => FunctionPool,
  ) {
    this.#environment = environment
    this.#createPool = createPool
  }

  /**
   * Deploys a function, or another state of one. Requests that have arrived are answered by the old state.
   *
   * @throws AwsError InvalidParameterValueException for a runtime that does not run here
   */
  put(definition: FunctionDefinition): void {
    if (!RUNTIMES.has(definition.runtime)) {
      throw new AwsError(
        'InvalidParameterValueException',
        `The runtime ${definition.runtime} of function ${definition.name} is not simulated. These are: ${[...RUNTIMES].join(', ')}.`,
      )
    }
    const before = this.#functions.get(definition.name)
    if (before !== undefined && isSame(before.definition, definition)) return
    this.remove(definition.name)
    this.#functions.set(definition.name, { definition, pool: this.#createPool(definition) })
  }

  remove(name: string): void {
    const found = this.#functions.get(name)
    if (found === undefined) return
    this.#functions.delete(name)
    for (const pool of this.#leaving) if (pool.environments === 0) this.#leaving.delete(pool)
    this.#leaving.add(found.pool)
    found.pool.drain()
  }

  /** By name, partial ARN or full ARN; undefined when there is none, or no such version. */
  find(nameOrArn: string): DeployedFunction | undefined {
    const direct = this.#functions.get(nameOrArn)
    if (direct !== undefined) return direct
    const { name, qualifier } = parseFunctionName(nameOrArn)
    return qualifier === undefined || qualifier === '$LATEST'
      ? this.#functions.get(name)
      : undefined
  }

  /** @throws AwsError ResourceNotFoundException (404), ValidationException */
  require(nameOrArn: string, qualifier?: string | null): DeployedFunction {
    const found = this.find(nameOrArn)
    const isLatest = qualifier === undefined || qualifier === null || qualifier === '$LATEST'
    if (found !== undefined && isLatest) return found
    const parsed = parseFunctionName(nameOrArn)
    throw functionNotFound(this.#environment, isLatest ? parsed : { ...parsed, qualifier })
  }

  list(): DeployedFunction[] {
    return [...this.#functions.values()]
  }

  /** @param reason what requests that are not answered yet are rejected with */
  async close(reason: Error): Promise<void> {
    const pools = [...this.list().map((each) => each.pool), ...this.#leaving]
    await Promise.all(pools.map(async (pool) => pool.close(reason)))
  }
}

const isSame = (one: FunctionDefinition, other: FunctionDefinition): boolean =>
  JSON.stringify(one) === JSON.stringify(other)
